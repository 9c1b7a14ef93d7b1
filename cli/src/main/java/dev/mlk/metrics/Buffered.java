package dev.mlk.metrics;

import dev.mlk.console.Console;

/** Text on its way to the console, in large pieces: there may be millions of lines. */
final class Buffered {
  private static final int ENOUGH = 64 * 1024;

  private final Console console;
  private final StringBuilder text = new StringBuilder(ENOUGH + 1024);

  Buffered(Console console) {
    this.console = console;
  }

  /** To add to; call {@link #next} after each line. */
  StringBuilder text() {
    return text;
  }

  void next() {
    if (text.length() >= ENOUGH) {
      flush();
    }
  }

  void flush() {
    console.out().print(text);
    console.out().flush();
    text.setLength(0);
  }
}
