package dev.mlk.practice.node;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before the next try: none before the first repetition, then 10 seconds, doubled
 * each time up to 5 minutes, and from the beginning after 10 quiet minutes, as the kubelet does.
 */
final class BackOff {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration FORGET = LONGEST.multipliedBy(2);

  private Duration delay = Duration.ZERO;
  private Instant updated = Instant.EPOCH;

  /** Until when a try after a failure at that moment has to wait. */
  Instant until(Instant failure) {
    return forgotten(failure) ? failure : failure.plus(delay);
  }

  private boolean forgotten(Instant failure) {
    return updated.isBefore(failure.minus(FORGET));
  }

  /** How long the wait is. */
  Duration delay() {
    return delay;
  }

  /** A try after that failure is being made: the next one waits longer. */
  void next(Instant failure, Instant now) {
    boolean begin = delay.isZero() || forgotten(failure);
    Duration longer = begin ? FIRST : delay.multipliedBy(2);
    delay = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    updated = now;
  }

  /** The wait as Go writes durations: {@code 10s}, {@code 2m40s}. */
  String text() {
    long minutes = delay.toMinutes();
    return (minutes > 0 ? minutes + "m" : "") + delay.toSecondsPart() + "s";
  }
}
