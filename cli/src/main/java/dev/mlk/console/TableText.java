package dev.mlk.console;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A table as lines: aligned. On a terminal that is too narrow, columns that may be cut are, and
 * then the last one; in a pipe nothing is.
 */
final class TableText {
  private static final int GAP = 3;
  private static final int NARROW_GAP = 2;

  /** What a cut column still shows. */
  private static final int LEAST = 6;

  private final Console console;
  private final InstantSource clock;

  TableText(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  String render(Table table, boolean wide) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      if (wide || !table.onlyWide(i)) {
        shown.add(i);
      }
    }
    int[] widths = widths(table, shown);
    int gap = GAP;
    if (console.forEyes() && total(shown, widths, gap) > console.width() && cuttable(table)) {
      gap = NARROW_GAP;
      squeeze(table, shown, widths, total(shown, widths, gap) - console.width());
    }
    var text = new StringBuilder();
    List<Cell> header = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      header.add(Cell.of(table.name(i), Style.BOLD));
    }
    line(text, header, shown, widths, gap);
    for (List<Cell> row : table.rows()) {
      line(text, row, shown, widths, gap);
    }
    return text.toString();
  }

  private static boolean cuttable(Table table) {
    for (int i = 0; i < table.size(); i++) {
      if (table.mayBeCut(i)) {
        return true;
      }
    }
    return false;
  }

  private static int total(List<Integer> shown, int[] widths, int gap) {
    int total = (shown.size() - 1) * gap;
    for (int i : shown) {
      total += widths[i];
    }
    return total;
  }

  /** Takes columns from the widest that may be cut, one at a time. */
  private static void squeeze(Table table, List<Integer> shown, int[] widths, int excess) {
    for (int i = 0; i < excess; i++) {
      int widest = -1;
      for (int column : shown) {
        int least = Math.max(LEAST, table.name(column).length());
        if (table.mayBeCut(column)
            && widths[column] > least
            && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private int[] widths(Table table, List<Integer> shown) {
    int[] widths = new int[table.size()];
    for (int i : shown) {
      widths[i] = table.name(i).length();
      for (List<Cell> row : table.rows()) {
        widths[i] = Math.max(widths[i], length(words(row.get(i))));
      }
    }
    return widths;
  }

  private void line(
      StringBuilder text, List<Cell> cells, List<Integer> shown, int[] widths, int gap) {
    int used = 0;
    for (int column = 0; column < shown.size(); column++) {
      int i = shown.get(column);
      String words = words(cells.get(i));
      if (column == shown.size() - 1) {
        int room = console.width() - used;
        boolean cut = console.forEyes() && length(words) > room && room > 8;
        text.append(console.paint(cells.get(i).style(), cut ? cut(words, room) : words));
      } else {
        words = cut(words, widths[i]);
        text.append(console.paint(cells.get(i).style(), words));
        text.append(" ".repeat(widths[i] - length(words) + gap));
        used += widths[i] + gap;
      }
    }
    text.append('\n');
  }

  private String cut(String words, int room) {
    if (length(words) <= room) {
      return words;
    }
    String mark = console.unicode() ? "…" : "...";
    return words.substring(0, words.offsetByCodePoints(0, room - mark.length())) + mark;
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
