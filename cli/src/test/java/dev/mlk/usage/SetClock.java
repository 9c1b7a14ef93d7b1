package dev.mlk.usage;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that a test sets, forwards and backwards. */
final class SetClock extends Clock {
  private final Instant start;
  private volatile Instant now;

  SetClock(Instant start) {
    this.start = start;
    this.now = start;
  }

  /** Sets it to so many seconds after its start. */
  void at(long seconds) {
    now = start.plusSeconds(seconds);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
