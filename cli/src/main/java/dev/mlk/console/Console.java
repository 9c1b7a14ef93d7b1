package dev.mlk.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The streams of one run and what is known about them.
 *
 * @param in what the user or a pipe sends
 * @param out data, buffered: {@link #flush} where somebody waits for it
 * @param err everything that is not data
 * @param terminals which of the three are terminals
 * @param width columns of the terminal
 * @param colour whether colours are wanted
 * @param unicode whether the terminal shows more than ASCII
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminals terminals,
    int width,
    boolean colour,
    boolean unicode) {

  /** Which streams are terminals. */
  public record Terminals(boolean in, boolean out, boolean err) {
    /** No stream is. */
    public static final Terminals NONE = new Terminals(false, false, false);

    /** All three are. */
    public static final Terminals ALL = new Terminals(true, true, true);
  }

  private static final int USUAL_WIDTH = 80;

  /**
   * The process's own streams. The launcher asks the shell what is a terminal (system property
   * {@code mlk.terminal}: any of {@code 0}, {@code 1}, {@code 2}; empty for none) and how wide it
   * is ({@code mlk.columns}), because a JVM can only ask about input and output together.
   */
  public static Console system(Map<String, String> environment) {
    Terminals terminals = terminals(System.getProperty("mlk.terminal"));
    PrintStream out = stream(new FileOutputStream(FileDescriptor.out), 8192);
    PrintStream err = stream(new FileOutputStream(FileDescriptor.err), 512);
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    return new Console(
        new FileInputStream(FileDescriptor.in),
        out,
        err,
        terminals,
        width(environment.get("COLUMNS"), System.getProperty("mlk.columns")),
        terminals.out && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty(),
        !dumb && unicode(environment));
  }

  private static Terminals terminals(String property) {
    if (property != null) {
      return new Terminals(property.contains("0"), property.contains("1"), property.contains("2"));
    }
    // Without a terminal some JDKs give no console and some a console that is none.
    return Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false)
        ? Terminals.ALL
        : Terminals.NONE;
  }

  private static PrintStream stream(FileOutputStream file, int buffer) {
    return new PrintStream(
        new BufferedOutputStream(new PipeOutput(file), buffer), false, StandardCharsets.UTF_8);
  }

  private static int width(String... sources) {
    for (String source : sources) {
      if (source != null && !source.isEmpty() && source.length() < 6) {
        int number = 0;
        for (int i = 0; i < source.length(); i++) {
          char c = source.charAt(i);
          number = Character.isDigit(c) && number >= 0 ? number * 10 + (c - '0') : -1;
        }
        if (number > 0) {
          return Math.max(20, number);
        }
      }
    }
    return USUAL_WIDTH;
  }

  private static boolean unicode(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      }
    }
    return false;
  }

  /** Whether questions can be asked: somebody types, and sees what is asked. */
  public boolean interactive() {
    return terminals.in && terminals.err;
  }

  /** Whether data goes to a person's eyes. */
  public boolean forEyes() {
    return terminals.out;
  }

  /** The same with or without colours. */
  public Console withColour(boolean wanted) {
    return new Console(in, out, err, terminals, width, wanted, unicode);
  }

  /** The same on a terminal of so many columns. */
  public Console withWidth(int columns) {
    return new Console(in, out, err, terminals, columns, colour, unicode);
  }

  /** The text, coloured if colours are wanted. */
  public String paint(Style style, String text) {
    if (!colour || style == Style.PLAIN || text.isEmpty()) {
      return text;
    }
    return style.start() + text + Style.END;
  }

  /** One line of data. */
  public void print(String line) {
    out.print(line);
    out.print('\n');
  }

  /** One line to the person, after all data so far; it is there when this returns. */
  public void tell(String line) {
    out.flush();
    err.print(line);
    err.print('\n');
    err.flush();
  }

  /** Brings everything printed so far to its reader. */
  public void flush() {
    out.flush();
    err.flush();
  }
}
