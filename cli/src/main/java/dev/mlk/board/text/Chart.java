package dev.mlk.board.text;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.Smoothing;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import java.util.ArrayList;
import java.util.List;

/** The curves of one tag: axes, lines, and which line is whose. */
final class Chart {
  private static final int ROWS = 9;

  /** As many as there are letters for. */
  private static final int MOST = 26;

  private final Console console;
  private final String tag;
  private final List<Line> lines;
  private final List<double[]> values = new ArrayList<>();
  private final int unshown;
  private final boolean letters;
  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  Chart(Console console, String tag, List<Line> all, double smoothing) {
    this.console = console;
    this.tag = tag;
    this.lines = all.subList(0, Math.min(MOST, all.size()));
    this.unshown = all.size() - lines.size();
    // Without colours only letters tell lines apart.
    this.letters = !console.unicode() || (!console.colour() && lines.size() > 1);
    for (Line line : lines) {
      double[] smoothed = Smoothing.of(line.values(), smoothing);
      values.add(smoothed);
      for (int i = 0; i < line.size(); i++) {
        first = Math.min(first, line.steps()[i]);
        last = Math.max(last, line.steps()[i]);
        if (Double.isFinite(smoothed[i])) {
          low = Math.min(low, smoothed[i]);
          high = Math.max(high, smoothed[i]);
        }
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    } else if (low == high) {
      double room = low == 0 ? 1 : Math.abs(low) / 10;
      low -= room;
      high += room;
    }
  }

  /** Adds the chart's lines, each with its end. */
  void append(StringBuilder text) {
    text.append(console.paint(Style.BOLD, tag)).append('\n');
    String[] labels = {Labels.of(high), Labels.of((low + high) / 2), Labels.of(low)};
    int margin = 0;
    for (String label : labels) {
      margin = Math.max(margin, label.length());
    }
    int columns = Math.max(10, console.width() - margin - 2);
    Canvas canvas = new Canvas(columns, ROWS, !letters);
    for (int i = 0; i < lines.size(); i++) {
      draw(canvas, i);
    }
    for (int row = 0; row < ROWS; row++) {
      String label =
          row == 0 ? labels[0] : row == ROWS / 2 ? labels[1] : row == ROWS - 1 ? labels[2] : "";
      text.append(" ".repeat(margin - label.length())).append(label).append(' ');
      text.append(console.unicode() ? (label.isEmpty() ? '│' : '┤') : '|');
      StringBuilder cells = new StringBuilder();
      row(cells, canvas, row, columns);
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    axis(text, margin, columns);
    legend(text);
  }

  private void draw(Canvas canvas, int number) {
    Line line = lines.get(number);
    double[] shown = values.get(number);
    int before = -1;
    for (int i = 0; i < line.size(); i++) {
      if (Double.isFinite(shown[i])) {
        int from = before < 0 ? i : before;
        canvas.line(x(line.steps()[from]), y(shown[from]), x(line.steps()[i]), y(shown[i]), number);
        before = i;
      } else {
        before = -1;
      }
    }
  }

  private double x(long step) {
    return last > first ? (double) (step - first) / (last - first) : 0;
  }

  private double y(double value) {
    return (value - low) / (high - low);
  }

  /** Characters of one owner are painted together. */
  private void row(StringBuilder text, Canvas canvas, int row, int columns) {
    int column = 0;
    while (column < columns) {
      int owner = canvas.owner(row, column);
      StringBuilder same = new StringBuilder();
      while (column < columns && canvas.owner(row, column) == owner) {
        same.append(canvas.character(row, column, letter(owner)));
        column++;
      }
      text.append(owner < 0 ? same : console.paint(Style.distinct(owner), same.toString()));
    }
  }

  private char letter(int number) {
    return lines.size() == 1 ? '*' : (char) ('a' + Math.max(0, number));
  }

  private void axis(StringBuilder text, int margin, int columns) {
    text.append(" ".repeat(margin + 1)).append(console.unicode() ? '└' : '+');
    text.append((console.unicode() ? "─" : "-").repeat(columns)).append('\n');
    String from = Long.toString(first);
    String to = last > first ? "step " + last : "step";
    int gap = Math.max(1, columns - from.length() - to.length());
    text.append(" ".repeat(margin + 2)).append(from).append(" ".repeat(gap)).append(to);
    text.append('\n');
  }

  private void legend(StringBuilder text) {
    int column = 0;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String value = Labels.of(values.get(i)[line.size() - 1]);
      String mark = letters ? Character.toString(letter(i)) : "━━";
      int length = mark.length() + 2 + line.run().name().length() + value.length();
      if (column > 0 && column + 3 + length > console.width()) {
        text.append('\n');
        column = 0;
      } else if (column > 0) {
        text.append("   ");
        column += 3;
      }
      text.append(console.paint(Style.distinct(i), mark)).append(' ');
      text.append(line.run().name()).append(' ').append(value);
      column += length;
    }
    text.append('\n');
    if (unshown > 0) {
      text.append("and ").append(unshown).append(" more runs that are not drawn\n");
    }
  }
}
