package dev.mlk.gpu.overview;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.console.Wrapping;
import java.util.List;

/** Sentences within a terminal's width; in a pipe a sentence is a line. */
final class Wrapped {
  private Wrapped() {}

  /**
   * Adds a sentence.
   *
   * @param before what stands before its first line; later ones have as many blanks
   */
  static void add(
      StringBuilder text, Console console, String before, String sentence, Style style) {
    List<String> lines =
        console.forEyes()
            ? Wrapping.lines(sentence, console.width() - Columns.of(before))
            : List.of(sentence);
    String start = before;
    for (String line : lines) {
      text.append(start).append(console.paint(style, line)).append('\n');
      start = " ".repeat(Columns.of(before));
    }
  }
}
