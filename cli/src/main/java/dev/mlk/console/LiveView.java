package dev.mlk.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/**
 * A picture of something that changes: drawn over and over in place on a terminal, until q or
 * Ctrl-C; printed again and again where nobody types.
 */
public final class LiveView {
  /** What was seen at one time; drawn for terminals of any width, as often as its size changes. */
  public interface Picture {
    /** All lines, each with its end. */
    String text(Console console);

    /** Whether nothing will change any more, so that the view ends with it. */
    default boolean last() {
      return false;
    }
  }

  /** How a view ended. */
  public enum End {
    /** Somebody had enough. */
    QUIT,
    /** Ctrl-C. */
    INTERRUPTED,
    /** Nothing changes any more. */
    OVER
  }

  /** What can happen while a picture is shown. */
  private sealed interface Event {
    /** A new picture is there. */
    record Seen(Picture picture) implements Event {}

    /** There will be none any more. */
    record Failed(Exception why) implements Event {}

    /** The terminal has another size. */
    record Resized() implements Event {}

    /** The view is to end. */
    record Ended(End end) implements Event {}
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
  private static final long KEY_MILLIS = 200;
  private static final int USUAL_HEIGHT = 24;

  private final Console console;
  private final Duration pause;
  private final Callable<Picture> look;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /**
   * A view that is not shown yet.
   *
   * @param pause how long to wait between two looks; longer where a look takes long, so that
   *     looking takes a tenth of the time at most
   * @param look takes a picture
   */
  public LiveView(Console console, Duration pause, Callable<Picture> look) {
    this.console = console;
    this.pause = pause;
    this.look = look;
  }

  /**
   * Shows it until somebody ends it.
   *
   * @param dumb whether the terminal understands no control sequences
   */
  public End show(boolean dumb) throws Exception {
    if (dumb || !console.terminals().in() || !console.terminals().out()) {
      return repeat();
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(false).build()) {
      return show(terminal);
    }
  }

  /** Block after block, with an empty line between two, until the last one or a signal. */
  private End repeat() throws Exception {
    String between = "";
    while (true) {
      long start = System.nanoTime();
      Picture picture = look.call();
      console.out().print(between + picture.text(console));
      console.flush();
      if (picture.last()) {
        return End.OVER;
      }
      between = "\n";
      // Nobody ever offers anything here: it is a pause that an interrupt ends.
      events.poll(rest(start), TimeUnit.NANOSECONDS);
    }
  }

  private long rest(long start) {
    return Math.max(pause.toNanos(), 10 * (System.nanoTime() - start));
  }

  /** The same on a terminal that is there already. */
  End show(Terminal terminal) throws Exception {
    Attributes before = terminal.enterRawMode();
    terminal.handle(Terminal.Signal.WINCH, _ -> events.add(new Event.Resized()));
    terminal.handle(Terminal.Signal.INT, _ -> events.add(new Event.Ended(End.INTERRUPTED)));
    Thread restore = new Thread(() -> leave(terminal, before), "terminal-restored");
    Runtime.getRuntime().addShutdownHook(restore);
    Thread looking = Thread.ofVirtual().start(this::keepLooking);
    Thread typing = Thread.ofPlatform().daemon().start(() -> listen(terminal.reader()));
    write(terminal, ENTER);
    String last = "";
    try {
      Picture picture = null;
      while (true) {
        switch (events.take()) {
          case Event.Seen seen -> picture = seen.picture;
          case Event.Failed failed -> throw failed.why;
          case Event.Resized _ -> write(terminal, HOME + REST_OF_SCREEN);
          case Event.Ended ended -> {
            return ended.end;
          }
        }
        if (picture != null) {
          last = draw(terminal, picture);
          if (picture.last()) {
            return End.OVER;
          }
        }
      }
    } finally {
      looking.interrupt();
      typing.interrupt();
      leave(terminal, before);
      Runtime.getRuntime().removeShutdownHook(restore);
      // What was seen last stays readable after the end.
      write(terminal, last);
    }
  }

  private void keepLooking() {
    try {
      while (true) {
        long start = System.nanoTime();
        Picture picture = look.call();
        events.add(new Event.Seen(picture));
        if (picture.last()) {
          return;
        }
        TimeUnit.NANOSECONDS.sleep(rest(start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      events.add(new Event.Failed(e));
    }
  }

  private void listen(NonBlockingReader keys) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        int key = keys.read(KEY_MILLIS);
        if (key == 'q' || key == 'Q' || key == NonBlockingReader.EOF) {
          events.add(new Event.Ended(End.QUIT));
          return;
        }
      }
    } catch (IOException e) {
      events.add(new Event.Failed(new UncheckedIOException(e)));
    }
  }

  /** Draws over what is there, and returns it for the time after. */
  private String draw(Terminal terminal, Picture picture) {
    Size size = terminal.getSize();
    int width = size.getColumns() > 0 ? size.getColumns() : console.width();
    int height = size.getRows() > 0 ? size.getRows() : USUAL_HEIGHT;
    List<String> lines = picture.text(console.withWidth(width)).lines().toList();
    List<String> shown = lines;
    if (lines.size() > height - 1) {
      int room = Math.max(1, height - 2);
      shown = new ArrayList<>(lines.subList(0, room));
      shown.add(console.paint(Style.DIM, "and " + (lines.size() - room) + " more lines below"));
    }
    var text = new StringBuilder(BEGIN).append(HOME);
    for (String line : shown) {
      text.append(line).append(REST_OF_LINE).append('\n');
    }
    text.append(console.paint(Style.DIM, "q ends")).append(REST_OF_LINE);
    write(terminal, text.append(REST_OF_SCREEN).append(DONE).toString());
    return String.join("\n", shown) + "\n";
  }

  private static void leave(Terminal terminal, Attributes before) {
    write(terminal, LEAVE);
    terminal.setAttributes(before);
  }

  private static void write(Terminal terminal, String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }
}
