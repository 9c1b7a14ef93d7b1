package dev.mlk.images.mnist.report;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Prints lines at once, and how long each phase took. */
public final class Journal {
  private final PrintStream out;
  private final InstantSource clock;
  private Instant phaseBegan;

  /** A journal whose first phase begins at an instant. */
  public Journal(PrintStream out, InstantSource clock, Instant begin) {
    this.out = out;
    this.clock = clock;
    this.phaseBegan = begin;
  }

  /** Prints a line. */
  public void say(Line line) {
    out.println(line);
    out.flush();
  }

  /** A phase begins now. */
  public void begin() {
    phaseBegan = clock.instant();
  }

  /** A phase is over, and the next begins. */
  public void phase(String name) {
    say(ended(name));
  }

  /** The line for a phase that is over; the next begins. */
  public Line ended(String name) {
    Instant now = clock.instant();
    double seconds = seconds(phaseBegan, now);
    phaseBegan = now;
    return Line.of("phase", name).with("seconds", seconds, 2);
  }

  /** Time between two instants. */
  public static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
