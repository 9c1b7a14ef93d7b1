package dev.mlk.course.watch;

import java.time.Duration;

/**
 * When to verify. What happens after a quiet time is answered at once; what follows it closely is
 * gathered and answered together, so that the last state is always shown. While something is left
 * to come, it is looked again in growing intervals, because logs and files of the cluster send no
 * word. Times are those of {@link System#nanoTime}.
 */
final class Pace {
  /** An editor saves in several strokes, an object of the cluster changes in one. */
  static final Duration STROKES = Duration.ofMillis(60);

  /** Between the starts of two verifications. */
  static final Duration BETWEEN = Duration.ofMillis(100);

  /** So much is verified without a rest; what goes on longer takes half of the time. */
  static final Duration AT_ONCE = Duration.ofMillis(500);

  private static final long[] RESTS = {1, 2, 4, 8, 15, 30};

  /** Ten minutes after the last change there is nothing to wait for any more. */
  private static final int MOST_RESTS = 25;

  private static final long NEVER = Long.MAX_VALUE;

  private final long origin;
  private long due = NEVER;
  private long started = -BETWEEN.toNanos();
  private long ended;

  /** How long was verified and not yet rested from when the last verification ended. */
  private long tired;

  private boolean running;
  private int rests;

  /** Begins with a verification that is due. */
  Pace(long now) {
    this.origin = now;
    due = 0;
  }

  /** Something changed, all of it at once. */
  void changed(long now) {
    changed(now, Duration.ZERO);
  }

  /** A file is being saved. */
  void saved(long now) {
    changed(now, STROKES);
  }

  private void changed(long now, Duration after) {
    rests = 0;
    due = Math.min(due, Math.max(now - origin + after.toNanos(), earliest()));
  }

  private long earliest() {
    return Math.max(started + BETWEEN.toNanos(), ended + Math.max(0, tired - AT_ONCE.toNanos()));
  }

  /** Whether to verify now. */
  boolean ready(long now) {
    return !running && due <= now - origin;
  }

  /** A verification begins. */
  void start(long now) {
    running = true;
    started = now - origin;
    tired = Math.max(0, tired - (started - ended));
    due = NEVER;
  }

  /**
   * It has ended.
   *
   * @param open whether something may pass later by itself
   */
  void end(long now, boolean open) {
    running = false;
    ended = now - origin;
    tired += ended - started;
    if (due != NEVER) {
      due = Math.max(due, earliest());
    } else if (open && rests < MOST_RESTS) {
      long rest = Duration.ofSeconds(RESTS[Math.min(rests, RESTS.length - 1)]).toNanos();
      due = Math.max(ended + rest, earliest());
      rests++;
    }
  }

  /** Whether a verification runs. */
  boolean running() {
    return running;
  }

  /** How long nothing is to be done unless something happens, in nanoseconds. */
  long rest(long now) {
    return running || due == NEVER ? NEVER : Math.max(0, due - (now - origin));
  }
}
