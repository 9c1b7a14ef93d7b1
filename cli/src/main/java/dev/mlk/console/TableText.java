package dev.mlk.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A table as lines: aligned; the last column is cut to the terminal's width, never in a pipe. */
final class TableText {
  private static final String GAP = "   ";
  private final Console console;
  private final InstantSource clock;

  TableText(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  String render(Table table, boolean wide) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (wide || !table.columns().get(i).startsWith("+")) {
        shown.add(i);
      }
    }
    int[] widths = widths(table, shown);
    var text = new StringBuilder();
    List<Cell> header = new ArrayList<>();
    for (String name : table.columns()) {
      header.add(Cell.of(name.startsWith("+") ? name.substring(1) : name, Style.BOLD));
    }
    line(text, header, shown, widths);
    for (List<Cell> row : table.rows()) {
      line(text, row, shown, widths);
    }
    return text.toString();
  }

  private int[] widths(Table table, List<Integer> shown) {
    int[] widths = new int[table.columns().size()];
    for (int i : shown) {
      String name = table.columns().get(i);
      widths[i] = name.length() - (name.startsWith("+") ? 1 : 0);
      for (List<Cell> row : table.rows()) {
        widths[i] = Math.max(widths[i], length(words(row.get(i))));
      }
    }
    return widths;
  }

  private void line(StringBuilder text, List<Cell> cells, List<Integer> shown, int[] widths) {
    int used = 0;
    for (int column = 0; column < shown.size(); column++) {
      int i = shown.get(column);
      String words = words(cells.get(i));
      if (column == shown.size() - 1) {
        int room = console.width() - used;
        if (console.forEyes() && length(words) > room && room > 8) {
          String mark = console.unicode() ? "…" : "...";
          words = words.substring(0, words.offsetByCodePoints(0, room - mark.length())) + mark;
        }
        text.append(console.paint(cells.get(i).style(), words));
      } else {
        text.append(console.paint(cells.get(i).style(), words));
        text.append(" ".repeat(widths[i] - length(words))).append(GAP);
        used += widths[i] + GAP.length();
      }
    }
    text.append('\n');
  }

  private String words(Cell cell) {
    if (cell.time() == null) {
      return cell.text().isEmpty() ? "-" : cell.text();
    }
    return console.forEyes()
        ? Age.of(Duration.between(cell.time(), clock.instant()))
        : cell.time().toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
