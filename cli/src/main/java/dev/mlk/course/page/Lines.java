package dev.mlk.course.page;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import java.util.ArrayList;
import java.util.List;

/** Lines of a screen, counted in columns as the eye sees them. */
public final class Lines {
  private Lines() {}

  /** A line with blanks behind it up to a width; one that is wider stays as it is. */
  public static String padded(String line, int width) {
    return line + " ".repeat(Math.max(0, width - Columns.seen(line)));
  }

  /** The first columns of a text without colours; a mark at the end where something is missing. */
  public static String cut(String text, int width, Console console) {
    if (Columns.of(text) <= width) {
      return text;
    }
    String mark = console.unicode() ? "…" : "...";
    int room = width - mark.length();
    return room < 1 ? "" : text.substring(0, Columns.fitting(text, 0, room)) + mark;
  }

  /**
   * A text, which may have lines of its own, within the console's width.
   *
   * @param before what stands before its first line; later ones have as many blanks
   */
  public static List<String> wrapped(String before, String text, Console console, Style style) {
    Sheet sheet = new Sheet(console.withColour(false), console.width(), false, true);
    int indent = Columns.of(before);
    List<String> lines = new ArrayList<>();
    for (String line : Clean.text(text).stripTrailing().split("\n", -1)) {
      int blanks = line.length() - line.stripLeading().length();
      String own = " ".repeat(blanks);
      int room = Math.max(1, console.width() - indent - blanks);
      List<Piece> words = List.of(Piece.of(line.strip(), Look.PLAIN));
      List<String> broken = Wrap.lines(words, sheet, room, true);
      for (String one : broken.isEmpty() ? List.of("") : broken) {
        String start = lines.isEmpty() ? before : " ".repeat(indent);
        lines.add(start + own + console.paint(style, one));
      }
    }
    return lines;
  }
}
