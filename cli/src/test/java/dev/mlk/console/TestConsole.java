package dev.mlk.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A console whose streams are buffers. */
public final class TestConsole {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console;

  private TestConsole(String in, Console.Terminals terminals, boolean colour, boolean unicode) {
    console =
        new Console(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminals,
            80,
            colour,
            unicode);
  }

  /** Output to a pipe, as scripts see it. */
  public static TestConsole pipe() {
    return new TestConsole("", Console.Terminals.NONE, false, false);
  }

  /** A colour terminal of 80 columns where somebody types the given text. */
  public static TestConsole terminal(String typed) {
    return new TestConsole(typed, Console.Terminals.ALL, true, true);
  }

  /** A pipe on standard input. */
  public static TestConsole input(String text) {
    return new TestConsole(text, Console.Terminals.NONE, false, false);
  }

  /** The console. */
  public Console console() {
    return console;
  }

  /** What went to standard output so far. */
  public String out() {
    console.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What went to standard error so far. */
  public String err() {
    console.flush();
    return err.toString(StandardCharsets.UTF_8);
  }
}
