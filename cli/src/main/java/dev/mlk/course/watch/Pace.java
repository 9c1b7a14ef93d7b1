package dev.mlk.course.watch;

import java.time.Duration;

/**
 * When to verify. Something that happens after a quiet time is answered almost at once; what goes
 * on happening is gathered. While something is left to come, it is looked again in growing
 * intervals, because logs and files of the cluster send no word. Times are those of {@link
 * System#nanoTime}.
 */
final class Pace {
  /** An editor saves in several strokes. */
  static final Duration SETTLE = Duration.ofMillis(60);

  /** Between the starts of two verifications that follow on changes. */
  static final Duration BETWEEN = Duration.ofMillis(300);

  private static final long[] RESTS = {1, 2, 4, 8, 15, 30};

  /** Ten minutes after the last change there is nothing to wait for any more. */
  private static final int MOST_RESTS = 25;

  private static final long NEVER = Long.MAX_VALUE;

  private final long origin;
  private long due = NEVER;
  private long started = -BETWEEN.toNanos();
  private long ended;
  private boolean running;
  private int rests;

  /** Begins with a verification that is due. */
  Pace(long now) {
    this.origin = now;
    due = 0;
  }

  /** Something happened. */
  void changed(long now) {
    rests = 0;
    due = Math.min(due, Math.max(now - origin + SETTLE.toNanos(), earliest()));
  }

  private long earliest() {
    // What takes long is not done all the time.
    return Math.max(started + BETWEEN.toNanos(), ended + Math.max(0, ended - started));
  }

  /** Whether to verify now. */
  boolean ready(long now) {
    return !running && due <= now - origin;
  }

  /** A verification begins. */
  void start(long now) {
    running = true;
    started = now - origin;
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
