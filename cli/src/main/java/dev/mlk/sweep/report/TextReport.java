package dev.mlk.sweep.report;

import dev.mlk.console.Age;
import dev.mlk.console.Cell;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report for people: a table, the best trial, what mattered, what went wrong. */
public final class TextReport {
  private static final int CURVE = 12;
  private static final int FAILURES = 5;
  private final Report report;
  private final Console console;

  /** The report as this console can show it. */
  public TextReport(Report report, Console console) {
    this.report = report;
    this.console = console;
  }

  /** A row for each trial, the best first. */
  public Table table() {
    List<String> columns = new ArrayList<>();
    columns.add("TRIAL");
    report.parameters().forEach(name -> columns.add(name.toUpperCase(Locale.ROOT)));
    columns.add(metric().toUpperCase(Locale.ROOT));
    columns.add("STATE");
    columns.add("TIME");
    columns.add("CURVE");
    columns.add("+JOB");
    Table table = new Table(columns.toArray(String[]::new));
    Optional<Trial> best = report.best();
    for (Trial trial : report.ranked()) {
      boolean first = best.isPresent() && best.get().equals(trial);
      table.row(row(trial, first).toArray(Cell[]::new));
    }
    return table;
  }

  private String metric() {
    return report.sweep().spec().objective().metric();
  }

  private List<Cell> row(Trial trial, boolean best) {
    Style style = best ? Style.OK : Style.PLAIN;
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(trial.number() + (best ? " *" : ""), style));
    trial.point().values().values().forEach(value -> cells.add(Cell.of(value, style)));
    cells.add(Cell.of(Numbers.of(trial.result().value()), style));
    cells.add(Cell.of(trial.state().text(), style(trial.state())));
    boolean timed = trial.state().ended() && trial.result().seconds() > 0;
    cells.add(
        Cell.of(
            timed ? Age.of(Duration.ofMillis(Math.round(trial.result().seconds() * 1000))) : "-"));
    String curve = Sparkline.of(trial.result().curve().values(), console.unicode(), CURVE);
    cells.add(Cell.of(curve.isEmpty() ? "-" : curve, Style.DIM));
    cells.add(Cell.of(trial.job(report.sweep().name())));
    return cells;
  }

  /** The colour of a state. */
  public static Style style(TrialState state) {
    return switch (state) {
      case SUCCEEDED -> Style.OK;
      case OPEN, STOPPED -> Style.PLAIN;
      case DIVERGED, NO_METRIC -> Style.WARN;
      case FAILED -> Style.BAD;
    };
  }

  /** What follows the table, one line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Objective objective = report.sweep().spec().objective();
    report
        .best()
        .ifPresentOrElse(
            trial ->
                lines.add(
                    console.paint(Style.BOLD, "Best:")
                        + " trial "
                        + trial.number()
                        + ", "
                        + trial.point().text()
                        + ": "
                        + objective.metric()
                        + " "
                        + Numbers.of(trial.result().value())),
            () -> lines.add("Best: none, as no trial has a number for " + objective.metric()));
    importance().ifPresent(lines::add);
    problems(lines);
    return lines;
  }

  private Optional<String> importance() {
    List<Importance.Share> shares =
        Importance.of(report.sweep()).stream().filter(s -> s.share().isPresent()).toList();
    if (shares.isEmpty()) {
      return Optional.empty();
    }
    List<String> words =
        shares.stream()
            .map(
                share ->
                    share.parameter() + " " + Math.round(100 * share.share().getAsDouble()) + " %")
            .toList();
    return Optional.of(
        console.paint(Style.BOLD, "Mattered:")
            + " "
            + String.join(", ", words)
            + " of the variance of "
            + metric()
            + " (each alone)");
  }

  private void problems(List<String> lines) {
    int shown = 0;
    for (Trial trial : report.ranked()) {
      boolean telling = !trial.result().cause().isEmpty() && trial.state().ended();
      if (telling && shown++ < FAILURES) {
        lines.add(
            console.paint(style(trial.state()), trial.state().text() + ":")
                + " trial "
                + trial.number()
                + ", "
                + trial.point().text());
        trial.result().cause().forEach(cause -> lines.add("  " + cause));
      }
    }
    if (shown > FAILURES) {
      lines.add("... and " + (shown - FAILURES) + " more; -o json has them all");
    }
  }
}
