package dev.mlk.console;

import dev.mlk.problem.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;

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
  enum End {
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
  LiveView(Console console, Duration pause, Callable<Picture> look) {
    this.console = console;
    this.pause = pause;
    this.look = look;
  }

  /** Shows it as all that a command does; the command's exit code. */
  public static int show(Invocation invocation, Duration pause, Callable<Picture> look)
      throws Exception {
    boolean dumb = invocation.environment().getOrDefault("TERM", "dumb").equals("dumb");
    End end = new LiveView(invocation.console(), pause, look).show(dumb);
    return end == End.INTERRUPTED ? ExitCode.INTERRUPTED.number() : 0;
  }

  /**
   * Shows it until somebody ends it.
   *
   * @param dumb whether the terminal understands no control sequences
   */
  End show(boolean dumb) throws Exception {
    if (!Screen.possible(console, dumb)) {
      return repeat();
    }
    try (Screen screen = Screen.open(console, this::happened)) {
      return show(screen);
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
    try (Screen screen = Screen.on(terminal, this::happened)) {
      return show(screen);
    }
  }

  private void happened(Screen.Event event) {
    switch (event) {
      case Screen.Event.Resized _ -> events.add(new Event.Resized());
      case Screen.Event.Interrupted _ -> events.add(new Event.Ended(End.INTERRUPTED));
      case Screen.Event.Gone _ -> events.add(new Event.Ended(End.QUIT));
      case Screen.Event.Key key -> {
        if (key.name().equalsIgnoreCase("q")) {
          events.add(new Event.Ended(End.QUIT));
        }
      }
    }
  }

  private End show(Screen screen) throws Exception {
    Thread looking = Thread.ofVirtual().start(this::keepLooking);
    try {
      Picture picture = null;
      while (true) {
        switch (events.take()) {
          case Event.Seen seen -> picture = seen.picture;
          case Event.Failed failed -> throw failed.why;
          case Event.Resized _ -> {
            // The same picture, drawn for another width.
          }
          case Event.Ended ended -> {
            return ended.end;
          }
        }
        if (picture != null) {
          draw(screen, picture);
          if (picture.last()) {
            return End.OVER;
          }
        }
      }
    } finally {
      looking.interrupt();
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

  /** Draws over what is there; it stays readable after the end. */
  private void draw(Screen screen, Picture picture) {
    List<String> lines = picture.text(console.withWidth(screen.columns())).lines().toList();
    List<String> shown = new ArrayList<>(lines);
    int height = screen.rows();
    if (lines.size() > height - 1) {
      int room = Math.max(1, height - 2);
      shown = new ArrayList<>(lines.subList(0, room));
      shown.add(console.paint(Style.DIM, "and " + (lines.size() - room) + " more lines below"));
    }
    screen.leaveBehind(String.join("\n", shown) + "\n");
    shown.add(console.paint(Style.DIM, "q ends"));
    screen.draw(shown);
  }
}
