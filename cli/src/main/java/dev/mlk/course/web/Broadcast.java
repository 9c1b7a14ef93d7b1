package dev.mlk.course.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The newest state, for whoever waits for a newer one than it has seen. */
final class Broadcast {
  /**
   * A state.
   *
   * @param number which, from 1 on
   * @param text the state as a line
   */
  record State(long number, String text) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private State newest = new State(0, "");

  /** Tells everybody, unless it is what they know. */
  void publish(String text) {
    lock.lock();
    try {
      if (!newest.text.equals(text)) {
        newest = new State(newest.number + 1, text);
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a state after that number; empty when there was none in time. */
  Optional<State> after(long number, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (newest.number <= number && left > 0) {
        left = news.awaitNanos(left);
      }
      return newest.number > number ? Optional.of(newest) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
