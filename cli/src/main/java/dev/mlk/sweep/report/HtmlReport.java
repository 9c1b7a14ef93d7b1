package dev.mlk.sweep.report;

import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Trial;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * The report as one page that needs nothing else: parallel coordinates, curves, a table. It has no
 * script, so that it can be read anywhere and by anything.
 */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%TITLE%</title>
      <style>
      :root { color-scheme: light dark; --line: #8883; --text: #222; --back: #fff; }
      @media (prefers-color-scheme: dark) { :root { --text: #ddd; --back: #16181c; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
        max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
      .wide { overflow-x: auto; }
      svg { width: 100%; min-width: 46rem; height: auto; }
      svg text { fill: var(--text); font-size: 13px; stroke: var(--back); stroke-width: 3px;
        paint-order: stroke; }
      svg .axis { stroke: var(--text); stroke-opacity: .5; }
      svg polyline { fill: none; stroke-width: 1.5; stroke-opacity: .65; }
      svg polyline:hover, svg polyline.best { stroke-width: 4; stroke-opacity: 1; }
      table { border-collapse: collapse; width: 100%; }
      th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line);
        vertical-align: top; }
      td.number, th.number { text-align: right; }
      tr.best { font-weight: 600; }
      .scale { display: inline-block; width: 8rem; height: .7rem; vertical-align: middle;
        background: linear-gradient(to right, hsl(220 80% 52%), hsl(173 80% 52%), hsl(125 80% 52%),
          hsl(78 80% 52%), hsl(30 80% 52%)); }
      </style>
      </head>
      <body>
      """;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 300;
  private static final int MARGIN = 50;

  private final Report report;
  private final Objective objective;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  /** The page of a report. */
  public HtmlReport(Report report) {
    this.report = report;
    this.objective = report.sweep().spec().objective();
    for (Trial trial : report.ranked()) {
      trial
          .result()
          .value()
          .ifPresent(
              value -> {
                low = Math.min(low, value);
                high = Math.max(high, value);
              });
    }
  }

  /** The whole page. */
  public String page() {
    String title = "Sweep " + report.sweep().name();
    StringBuilder page = new StringBuilder(HEAD.replace("%TITLE%", escaped(title)));
    page.append("<h1>").append(escaped(title)).append("</h1>\n<p>");
    page.append(escaped(objective.goal() + " " + objective.metric())).append(". ");
    report
        .best()
        .ifPresentOrElse(
            best ->
                page.append("Best: trial ")
                    .append(best.number())
                    .append(", ")
                    .append(escaped(best.point().text()))
                    .append(": ")
                    .append(Numbers.of(best.result().value())),
            () -> page.append("No trial has a result."));
    page.append("</p>\n");
    if (low <= high) {
      coordinates(page);
      curves(page);
    }
    importance(page);
    table(page);
    return page.append("</body>\n</html>\n").toString();
  }

  private void coordinates(StringBuilder page) {
    List<Parameter> parameters = report.sweep().spec().space().parameters();
    page.append("<h2>Parameters</h2>\n<p>A line for each trial: worse ");
    page.append("<span class=\"scale\"></span> better.</p>\n");
    start(page, "A line for each trial through its parameters to " + objective.metric());
    int axes = parameters.size() + 1;
    for (Trial trial : report.ranked().reversed()) {
      if (trial.result().value().isPresent()) {
        double metric = share(trial.result().value().getAsDouble());
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < parameters.size(); i++) {
          String value = trial.point().values().get(parameters.get(i).name());
          point(points, x(i, axes), parameters.get(i).domain().place(value));
        }
        point(points, x(axes - 1, axes), metric);
        line(page, points, trial, metric);
      }
    }
    for (int i = 0; i < axes; i++) {
      boolean last = i == axes - 1;
      String name = last ? objective.metric() : parameters.get(i).name();
      axis(page, x(i, axes), name);
      if (last) {
        label(page, x(i, axes), 1, Numbers.of(high));
        label(page, x(i, axes), 0, Numbers.of(low));
      } else {
        Parameter parameter = parameters.get(i);
        List<String> ticks = parameter.domain().grid();
        for (String tick :
            ticks.size() <= 12 ? ticks : List.of(ticks.getFirst(), ticks.getLast())) {
          label(page, x(i, axes), parameter.domain().place(tick), tick);
        }
      }
    }
    end(page);
  }

  private void curves(StringBuilder page) {
    List<Trial> drawn =
        report.ranked().stream()
            .filter(trial -> trial.result().curve().values().size() > 1 && finite(trial))
            .toList();
    if (drawn.isEmpty()) {
      return;
    }
    DoubleSummaryStatistics values = new DoubleSummaryStatistics();
    DoubleSummaryStatistics steps = new DoubleSummaryStatistics();
    for (Trial trial : drawn) {
      trial.result().curve().values().forEach(values::accept);
      trial.result().curve().steps().forEach(steps::accept);
    }
    page.append("<h2>").append(escaped(objective.metric())).append(" over time</h2>\n");
    start(page, "The course of " + objective.metric() + " in each trial");
    double length = steps.getMax() - steps.getMin();
    for (Trial trial : drawn.reversed()) {
      Curve curve = trial.result().curve();
      StringBuilder points = new StringBuilder();
      for (int i = 0; i < curve.values().size(); i++) {
        double along = length > 0 ? (curve.steps().get(i) - steps.getMin()) / length : 0.5;
        double height = values.getMax() - values.getMin();
        double up = height > 0 ? (curve.values().get(i) - values.getMin()) / height : 0.5;
        point(points, MARGIN + (WIDTH - 2.0 * MARGIN) * along, up);
      }
      line(page, points, trial, share(trial.result().value().orElse(low)));
    }
    axis(page, MARGIN, objective.metric());
    label(page, MARGIN, 1, Numbers.of(values.getMax()));
    label(page, MARGIN, 0, Numbers.of(values.getMin()));
    under(page, MARGIN, "start", "step " + Numbers.of(steps.getMin()));
    under(page, WIDTH - MARGIN, "end", Numbers.of(steps.getMax()));
    end(page);
  }

  private static void under(StringBuilder page, double x, String anchor, String text) {
    page.append("<text x=\"").append(shortened(x)).append("\" y=\"").append(HEIGHT - 6);
    page.append("\" text-anchor=\"").append(anchor).append("\">").append(escaped(text));
    page.append("</text>\n");
  }

  private static boolean finite(Trial trial) {
    return trial.result().curve().values().stream().allMatch(Double::isFinite);
  }

  private static void start(StringBuilder page, String meaning) {
    page.append("<div class=\"wide\" tabindex=\"0\">\n<svg viewBox=\"0 0 ")
        .append(WIDTH)
        .append(' ')
        .append(HEIGHT);
    page.append("\" role=\"img\" aria-label=\"").append(escaped(meaning)).append("\">\n");
  }

  private static void end(StringBuilder page) {
    page.append("</svg>\n</div>\n");
  }

  private static double x(int axis, int axes) {
    return MARGIN + (WIDTH - 3.0 * MARGIN) * axis / Math.max(1, axes - 1);
  }

  private static double y(double place) {
    return HEIGHT - 30 - place * (HEIGHT - 70);
  }

  private double share(double value) {
    return high > low ? (value - low) / (high - low) : 0.5;
  }

  private static void axis(StringBuilder page, double x, String name) {
    page.append("<line class=\"axis\" x1=\"").append(shortened(x)).append("\" x2=\"");
    page.append(shortened(x)).append("\" y1=\"").append(shortened(y(0))).append("\" y2=\"");
    page.append(shortened(y(1))).append("\"/>\n<text x=\"").append(shortened(x));
    page.append("\" y=\"20\" font-weight=\"bold\">").append(escaped(name)).append("</text>\n");
  }

  private static void label(StringBuilder page, double x, double place, String text) {
    page.append("<text x=\"").append(shortened(x + 5)).append("\" y=\"");
    page.append(shortened(y(place) + 4)).append("\">").append(escaped(text)).append("</text>\n");
  }

  private static void point(StringBuilder points, double x, double place) {
    points.append(shortened(x)).append(',').append(shortened(y(place))).append(' ');
  }

  private void line(StringBuilder page, StringBuilder points, Trial trial, double share) {
    boolean best = report.best().filter(trial::equals).isPresent();
    double good = objective.maximize() ? share : 1 - share;
    page.append("<polyline").append(best ? " class=\"best\"" : "").append(" stroke=\"hsl(");
    page.append(Math.round(220 - 190 * good)).append(" 80% 52%)\" points=\"");
    page.append(points.toString().strip()).append("\"><title>trial ").append(trial.number());
    page.append(": ").append(escaped(trial.point().text())).append(", ");
    page.append(escaped(objective.metric())).append(' ');
    page.append(Numbers.of(trial.result().value())).append("</title></polyline>\n");
  }

  private void importance(StringBuilder page) {
    List<Importance.Share> shares =
        Importance.of(report.sweep()).stream().filter(s -> s.share().isPresent()).toList();
    if (!shares.isEmpty()) {
      page.append("<h2>What mattered</h2>\n<p>The share of the variance of ");
      page.append(escaped(objective.metric()));
      page.append(" that each parameter explains alone (Kelley's epsilon squared).</p>\n<ul>\n");
      for (Importance.Share share : shares) {
        page.append("<li>").append(escaped(share.parameter())).append(": ");
        page.append(Math.round(100 * share.share().getAsDouble())).append(" %</li>\n");
      }
      page.append("</ul>\n");
    }
  }

  private void table(StringBuilder page) {
    page.append(
        "<h2>Trials</h2>\n<div class=\"wide\" tabindex=\"0\">\n<table>\n<tr><th>trial</th>");
    report.parameters().forEach(name -> cell(page, "th", name));
    cell(page, "th", objective.metric());
    page.append("<th>state</th><th>seconds</th><th>cause</th></tr>\n");
    for (Trial trial : report.ranked()) {
      boolean best = report.best().filter(trial::equals).isPresent();
      page.append(best ? "<tr class=\"best\">" : "<tr>");
      cell(page, "td", Integer.toString(trial.number()));
      trial.point().values().values().forEach(value -> cell(page, "td", value));
      cell(page, "td", Numbers.of(trial.result().value()));
      cell(page, "td", trial.state().text().toLowerCase(Locale.ROOT));
      cell(page, "td", Numbers.of(trial.result().seconds()));
      cell(page, "td", trial.result().cause().isEmpty() ? "" : trial.result().cause().getFirst());
      page.append("</tr>\n");
    }
    page.append("</table>\n</div>\n");
  }

  private static void cell(StringBuilder page, String element, String text) {
    page.append('<').append(element).append('>').append(escaped(text));
    page.append("</").append(element).append('>');
  }

  private static String shortened(double number) {
    return Double.toString(Math.round(number * 10) / 10.0);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
