package dev.mlk.course.page;

import dev.mlk.console.Console;
import dev.mlk.console.Style;

/**
 * What a page is written on.
 *
 * @param console decides on colours and characters
 * @param width columns for everything
 * @param links whether the terminal knows links
 * @param boxed whether nothing may be wider than the width, not even code
 */
record Sheet(Console console, int width, boolean links, boolean boxed) {
  /** Longer lines are hard to read. */
  private static final int WIDEST_TEXT = 100;

  private static final String LINK = "\u001B]8;;";
  private static final String END = "\u001B\\";

  int textWidth() {
    return Math.min(width, WIDEST_TEXT);
  }

  boolean colour() {
    return console.colour();
  }

  String paint(Look look, String text) {
    String painted = text;
    if (look.code()) {
      painted = console.paint(Style.FIRST, painted);
    }
    if (look.emphasis()) {
      painted = console.paint(Style.ITALIC, painted);
    }
    if (look.strong()) {
      painted = console.paint(Style.BOLD, painted);
    }
    if (look.quiet()) {
      painted = console.paint(Style.DIM, painted);
    }
    if (look.link().isEmpty()) {
      return painted;
    }
    painted = console.paint(Style.UNDERLINE, painted);
    return links ? LINK + look.link() + END + painted + LINK + END : painted;
  }
}
