package dev.mlk.practice.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A place in the log of changes, moved on by reading. A reader that is slower than the log is long
 * gets {@link StoreException.Gone}.
 */
public final class Watch implements AutoCloseable {
  private final ObjectStore store;
  private final String prefix;
  private final Semaphore news = new Semaphore(0);
  private volatile long position;
  private volatile boolean closed;

  Watch(ObjectStore store, String prefix, long position) {
    this.store = store;
    this.prefix = prefix;
    this.position = position;
  }

  /**
   * The changes since the last call, waiting for the first up to the time given. Empty when none
   * came or the watch was closed.
   */
  public List<Change> next(Duration atMost) throws InterruptedException {
    List<Change> changes = store.read(this);
    if (!changes.isEmpty() || closed) {
      return changes;
    }
    if (!news.tryAcquire(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS) || closed) {
      return List.of();
    }
    return store.read(this);
  }

  /** The revision up to which everything has been handed out. */
  public long position() {
    return position;
  }

  /** Whether {@link #close} was called, by the reader or by the store's end. */
  public boolean closed() {
    return closed;
  }

  String prefix() {
    return prefix;
  }

  /** Called by the store, which guards the position. */
  void moveTo(long revision) {
    position = revision;
  }

  void signal() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  void drain() {
    news.drainPermits();
  }

  @Override
  public void close() {
    closed = true;
    store.forget(this);
    news.release();
  }
}
