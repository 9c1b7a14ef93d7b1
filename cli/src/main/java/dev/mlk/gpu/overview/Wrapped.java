package dev.mlk.gpu.overview;

import dev.mlk.console.Console;
import dev.mlk.console.Style;

/** Sentences within a terminal's width; in a pipe a sentence is a line. */
final class Wrapped {
  private static final int NARROWEST = 20;

  private Wrapped() {}

  /**
   * Adds a sentence.
   *
   * @param before what stands before its first line; later ones have as many blanks
   */
  static void add(
      StringBuilder text, Console console, String before, String sentence, Style style) {
    int room =
        console.forEyes()
            ? Math.max(NARROWEST, console.width() - before.length())
            : Integer.MAX_VALUE;
    String start = before;
    var line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        text.append(start).append(console.paint(style, line.toString())).append('\n');
        start = " ".repeat(before.length());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    text.append(start).append(console.paint(style, line.toString())).append('\n');
  }
}
