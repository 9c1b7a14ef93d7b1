package dev.mlk.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingInputStream;

/**
 * A terminal taken over: a screen of its own and keys as they are pressed. It is given back when
 * this is closed, and when the process ends in any other way that a process can notice. Nothing
 * runs while nothing happens.
 */
public final class Screen implements AutoCloseable {
  /** What happens at a terminal. */
  public sealed interface Event {
    /**
     * A key.
     *
     * @param name the character, or {@code up}, {@code down}, {@code left}, {@code right}, {@code
     *     page-up}, {@code page-down}, {@code home}, {@code end}, {@code enter}, {@code escape}
     */
    record Key(String name) implements Event {}

    /** The terminal has another size. */
    record Resized() implements Event {}

    /** Ctrl-C. */
    record Interrupted() implements Event {}

    /** The terminal is gone. */
    record Gone() implements Event {}
  }

  private static final String HOME = "\u001B[H";
  private static final String REST_OF_LINE = "\u001B[K";
  private static final String REST_OF_SCREEN = "\u001B[J";

  /** A screen of its own, without a cursor and without lines that go on below. */
  private static final String ENTER = "\u001B[?1049h\u001B[?25l\u001B[?7l";

  private static final String LEAVE = "\u001B[?7h\u001B[?25h\u001B[?1049l";

  /** Between these a terminal that knows them shows nothing half drawn. */
  private static final String BEGIN = "\u001B[?2026h";

  private static final String DONE = "\u001B[?2026l";
  private static final int USUAL_HEIGHT = 24;
  private static final int USUAL_WIDTH = 80;

  private final Terminal terminal;
  private final Attributes before;
  private final Thread restore;
  private final Thread typing;
  private final boolean owned;
  private volatile String last = "";

  private Screen(Terminal terminal, InputStream keys, boolean owned, Consumer<Event> events) {
    this.terminal = terminal;
    this.owned = owned;
    before = terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    // A read waits for a key instead of asking ten times a second.
    raw.setControlChar(Attributes.ControlChar.VMIN, 1);
    raw.setControlChar(Attributes.ControlChar.VTIME, 0);
    // Ctrl-Z would leave a shell in raw mode.
    raw.setControlChar(Attributes.ControlChar.VSUSP, 0);
    terminal.setAttributes(raw);
    terminal.handle(Terminal.Signal.WINCH, _ -> events.accept(new Event.Resized()));
    terminal.handle(Terminal.Signal.INT, _ -> events.accept(new Event.Interrupted()));
    restore = new Thread(this::leave, "terminal-restored");
    Runtime.getRuntime().addShutdownHook(restore);
    typing = Thread.ofPlatform().daemon().name("keys").start(() -> listen(keys, events));
    write(ENTER);
  }

  /** Whether there is a terminal to take over, and somebody at it. */
  public static boolean possible(Console console, boolean dumb) {
    return !dumb && console.terminals().in() && console.terminals().out();
  }

  /**
   * Takes the process's terminal over.
   *
   * @param events told of everything that happens, on threads of its own; must not block
   */
  public static Screen open(Console console, Consumer<Event> events) throws IOException {
    Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build();
    return new Screen(terminal, console.in(), true, events);
  }

  /** The same on a terminal that is there already, and stays. */
  public static Screen on(Terminal terminal, Consumer<Event> events) {
    InputStream keys =
        terminal.input() instanceof NonBlockingInputStream own
            ? new Peeking(own)
            : terminal.input();
    return new Screen(terminal, keys, false, events);
  }

  /** JLine's streams do not count what has arrived, but can look whether something has. */
  private static final class Peeking extends InputStream {
    private final NonBlockingInputStream keys;

    Peeking(NonBlockingInputStream keys) {
      this.keys = keys;
    }

    @Override
    public int read() throws IOException {
      return keys.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return keys.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
      return keys.peek(1) >= 0 ? 1 : 0;
    }
  }

  /** Its columns now. */
  public int columns() {
    Size size = terminal.getSize();
    return size.getColumns() > 0 ? size.getColumns() : USUAL_WIDTH;
  }

  /** Its lines now. */
  public int rows() {
    Size size = terminal.getSize();
    return size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT;
  }

  /** Draws over what is there; lines beyond the last of the screen are left out. */
  public void draw(List<String> lines) {
    List<String> shown = lines.subList(0, Math.min(lines.size(), rows()));
    int columns = columns();
    var text = new StringBuilder(BEGIN).append(HOME);
    for (int i = 0; i < shown.size(); i++) {
      String line = shown.get(i);
      // At the end of a full line the cursor stands on its last character.
      text.append(line).append(Columns.seen(line) < columns ? REST_OF_LINE : "");
      text.append(i == shown.size() - 1 ? "" : "\n");
    }
    write(text.append(shown.size() < rows() ? REST_OF_SCREEN : "").append(DONE).toString());
  }

  private void listen(InputStream keys, Consumer<Event> events) {
    try {
      for (int key = keys.read(); key >= 0; key = keys.read()) {
        events.accept(key == Keys.CTRL_C ? new Event.Interrupted() : Keys.read(key, keys));
      }
      events.accept(new Event.Gone());
    } catch (IOException e) {
      events.accept(new Event.Gone());
    }
  }

  /** What stays readable once the terminal is given back. */
  public void leaveBehind(String text) {
    last = text;
  }

  private void leave() {
    write(LEAVE);
    terminal.setAttributes(before);
  }

  /** Gives the terminal back. */
  @Override
  public void close() {
    typing.interrupt();
    leave();
    write(last);
    try {
      Runtime.getRuntime().removeShutdownHook(restore);
      if (owned) {
        terminal.close();
      }
    } catch (IllegalStateException e) {
      // The JVM is on its way out already, and the hook does the same again.
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }
}
