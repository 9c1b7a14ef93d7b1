package dev.mlk.gpu.overview;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a pod uses the GPUs that it holds, as far as anything tells.
 *
 * @param state whether it does
 * @param since since when it does not; empty when only its state now is known
 * @param atLeast whether it may have been idle longer than that
 */
record Idle(State state, Optional<Instant> since, boolean atLeast) {
  /** What can be known. */
  enum State {
    BUSY,
    IDLE,
    UNKNOWN
  }

  static final Idle BUSY = new Idle(State.BUSY, Optional.empty(), false);
  static final Idle UNKNOWN = new Idle(State.UNKNOWN, Optional.empty(), false);

  /** Idle now; nobody looked before. */
  static final Idle NOW = new Idle(State.IDLE, Optional.empty(), true);

  /** Idle since a known moment. */
  static Idle since(Instant moment) {
    return new Idle(State.IDLE, Optional.of(moment), false);
  }

  /** Idle whenever somebody looked since that moment, and perhaps before. */
  static Idle atLeastSince(Instant moment) {
    return new Idle(State.IDLE, Optional.of(moment), true);
  }

  boolean idle() {
    return state == State.IDLE;
  }
}
