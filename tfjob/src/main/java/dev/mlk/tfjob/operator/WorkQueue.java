package dev.mlk.tfjob.operator;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Jobs to look at: each is in the queue at most once and with one worker at a time, now, later, or
 * after a growing pause when it went wrong.
 */
final class WorkQueue implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final int MOST_DOUBLINGS = 11;
  private static final Duration SOON = Duration.ofMillis(50);

  private final Set<JobKey> waiting = new LinkedHashSet<>();
  private final Set<JobKey> inWork = new HashSet<>();
  private final Set<JobKey> again = new HashSet<>();
  private final Map<JobKey, Integer> failures = new HashMap<>();
  private final Map<JobKey, ScheduledFuture<?>> timers = new HashMap<>();
  private final ScheduledThreadPoolExecutor clockwork;
  private boolean closed;

  WorkQueue() {
    clockwork =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("tfjob-timer").unstarted(task));
    clockwork.setRemoveOnCancelPolicy(true);
  }

  /** To be looked at as soon as possible. */
  synchronized void add(JobKey key) {
    if (inWork.contains(key)) {
      again.add(key);
    } else {
      waiting.add(key);
    }
    notifyAll();
  }

  /** To be looked at later, if nothing happens before; replaces what was asked for earlier. */
  synchronized void addAfter(JobKey key, Duration pause) {
    if (closed) {
      return;
    }
    cancelTimer(key);
    timers.put(
        key, clockwork.schedule(() -> add(key), pause.toMillis() + 1, TimeUnit.MILLISECONDS));
  }

  /** To be looked at again before long: nothing went wrong, what it needs is not there yet. */
  void soon(JobKey key) {
    addAfter(key, SOON);
  }

  /** To be looked at again after a failure: the more failures in a row, the later. */
  synchronized void retry(JobKey key) {
    int count = failures.merge(key, 1, Integer::sum);
    addAfter(key, FIRST_PAUSE.multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS)));
  }

  /** Went well: the next failure is a first one. */
  synchronized void succeeded(JobKey key) {
    failures.remove(key);
  }

  /** The job is gone. */
  synchronized void forget(JobKey key) {
    failures.remove(key);
    cancelTimer(key);
  }

  private void cancelTimer(JobKey key) {
    ScheduledFuture<?> timer = timers.remove(key);
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /**
   * Waits for a job to look at; give it back by {@link #done}.
   *
   * @throws InterruptedException when interrupted, and when the queue is closed
   */
  synchronized JobKey take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (closed) {
      throw new InterruptedException("closed");
    }
    JobKey key = waiting.iterator().next();
    waiting.remove(key);
    inWork.add(key);
    return key;
  }

  /** The worker has finished with a job. */
  synchronized void done(JobKey key) {
    inWork.remove(key);
    if (again.remove(key)) {
      waiting.add(key);
      notifyAll();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    clockwork.shutdownNow();
    notifyAll();
  }
}
