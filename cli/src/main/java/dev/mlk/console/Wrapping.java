package dev.mlk.console;

import java.util.ArrayList;
import java.util.List;

/** Plain text in lines of a width, counted in columns as the eye sees them. */
public final class Wrapping {
  private static final int NARROWEST = 20;

  private Wrapping() {}

  /**
   * The lines of a text, which may have lines of its own. They break at blanks; a word that is
   * wider than a line stays whole, so that it can be copied. What a line is indented by, its
   * continuations are indented by too.
   *
   * @param width in columns; less than 20 counts as 20
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      String words = line.stripLeading();
      String indent = line.substring(0, line.length() - words.length());
      broken(words, indent, Math.max(NARROWEST, width), lines);
    }
    return lines;
  }

  private static void broken(String words, String indent, int width, List<String> lines) {
    var line = new StringBuilder(indent);
    int used = Columns.of(indent);
    boolean first = true;
    for (String word : words.split(" ", -1)) {
      int columns = Columns.of(word);
      if (!first && used + 1 + columns > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(indent);
        used = Columns.of(indent);
        first = true;
      }
      if (!first) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += columns;
      // Blanks at which a line was broken are not carried into the next one.
      first = first && word.isEmpty();
    }
    lines.add(line.toString());
  }
}
