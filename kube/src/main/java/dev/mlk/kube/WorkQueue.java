package dev.mlk.kube;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys to work on. A key that is added while it waits is there once; one that is added while it is
 * worked on comes again afterwards, never at the same time.
 */
public final class WorkQueue<K> implements AutoCloseable {
  private record Later<K>(K key, long due) {}

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<K> ready = new ArrayDeque<>();
  private final Set<K> waiting = new HashSet<>();
  private final Set<K> working = new HashSet<>();
  private final PriorityQueue<Later<K>> later =
      new PriorityQueue<>((a, b) -> Long.signum(a.due - b.due));
  private final Map<K, Long> dueOf = new HashMap<>();
  private final Map<K, Integer> failures = new HashMap<>();
  private boolean closed;

  /** Adds a key to be worked on as soon as possible. */
  public void add(K key) {
    lock.lock();
    try {
      enqueue(key);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a key after a delay; of several delays for one key the earliest counts. */
  public void addAfter(K key, Duration delay) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (delay.isNegative() || delay.isZero()) {
        enqueue(key);
        return;
      }
      long due = System.nanoTime() + delay.toNanos();
      Long known = dueOf.get(key);
      if (known == null || due - known < 0) {
        dueOf.put(key, due);
        later.add(new Later<>(key, due));
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds a key whose work failed, after a delay that doubles with each failure. */
  public void addAfterFailure(K key) {
    lock.lock();
    try {
      int count = failures.merge(key, 1, Integer::sum);
      Duration delay = FIRST_BACKOFF.multipliedBy(1L << Math.min(count - 1, 16));
      addAfter(key, delay.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : delay);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a key's failures, after its work went well. */
  public void forget(K key) {
    lock.lock();
    try {
      failures.remove(key);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a key and takes it; empty when the queue is closed. {@link #done} must follow. */
  public Optional<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          return Optional.empty();
        }
        long wait = moveDue();
        K key = ready.poll();
        if (key != null) {
          waiting.remove(key);
          working.add(key);
          return Optional.of(key);
        }
        if (wait == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(wait);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that the work on a key has ended. */
  public void done(K key) {
    lock.lock();
    try {
      working.remove(key);
      if (waiting.contains(key)) {
        ready.add(key);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many keys wait to be taken now, without those that are delayed. */
  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of everybody who waits in {@link #take}. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(K key) {
    if (!closed && waiting.add(key) && !working.contains(key)) {
      ready.add(key);
      changed.signal();
    }
  }

  /** Makes ready what is due. Returns the nanoseconds to the next one. */
  private long moveDue() {
    while (!later.isEmpty()) {
      Later<K> first = later.peek();
      long wait = first.due - System.nanoTime();
      if (wait > 0) {
        return wait;
      }
      later.poll();
      // An entry that an earlier one overtook counts no more.
      if (dueOf.remove(first.key, first.due)) {
        enqueue(first.key);
      }
    }
    return Long.MAX_VALUE;
  }
}
