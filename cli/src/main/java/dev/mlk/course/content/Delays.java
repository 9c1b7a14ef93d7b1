package dev.mlk.course.content;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pauses of random length before whatever is done and looked at, so that each trial meets the
 * cluster in other moments.
 */
public final class Delays {
  private final Random random;
  private final Duration longest;

  private Delays(Random random, Duration longest) {
    this.random = random;
    this.longest = longest;
  }

  /** No pauses at all. */
  public static Delays none() {
    return new Delays(new Random(0), Duration.ZERO);
  }

  /**
   * The pauses of one trial of a module: the same seed gives the same pauses, whatever else is
   * tried meanwhile.
   *
   * @param seed the seed of the whole run
   * @param turn which repetition it is
   * @param module the module's name
   * @param longest no pause is longer
   */
  public static Delays of(long seed, int turn, String module, Duration longest) {
    return new Delays(new Random(seed * 31 + turn * 1009L + module.hashCode()), longest);
  }

  /** Whether there are any. */
  boolean any() {
    return longest.isPositive();
  }

  /** One pause. */
  void pause() throws InterruptedException {
    if (any()) {
      long millis = random.nextLong(longest.toMillis() + 1);
      // Nothing counts it down: a pause that an interruption ends.
      boolean _ = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
