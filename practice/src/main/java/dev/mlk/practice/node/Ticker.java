package dev.mlk.practice.node;

import java.time.Duration;
import java.time.InstantSource;

/** Time for the node agent: what it is, and being called when some has passed. */
public interface Ticker extends InstantSource, AutoCloseable {
  /**
   * Runs a short task after a delay.
   *
   * @return what cancels it
   */
  Runnable after(Duration delay, Runnable task);

  @Override
  default void close() {}

  /** The machine's time. */
  static Ticker of(InstantSource clock) {
    return new SystemTicker(clock);
  }
}
