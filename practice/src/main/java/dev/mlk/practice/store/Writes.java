package dev.mlk.practice.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * The way of writes to the disk. What comes while one commit is under way shares the next. When the
 * disk takes no more, writes are refused until a fresh file could be written from what is in
 * memory.
 */
final class Writes {
  private static final Logger LOG = System.getLogger(Writes.class.getName());
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Disk disk;
  private final Durability durability;
  private final View view;
  private final ReentrantLock accepting = new ReentrantLock();
  private final Condition work = accepting.newCondition();
  private final Map<String, Pending> newest = new HashMap<>();
  private List<Pending> queue = new ArrayList<>();
  private long accepted;
  private boolean closing;
  private volatile StoreException.Broken broken;
  private final Flushing flushing;
  private final Thread committer;

  /** What everybody sees. */
  interface View {
    Optional<Stored> get(String key);

    Collection<Stored> all();

    void publish(List<Change> changes);
  }

  Writes(Disk disk, Durability durability, long accepted, View view) {
    this.disk = disk;
    this.durability = durability;
    this.accepted = accepted;
    this.view = view;
    this.flushing = new Flushing(disk, this::refuse);
    // A thread of its own: an interrupt in a thread that writes would close the file.
    this.committer = Thread.ofPlatform().daemon().name("store-commit").unstarted(this::commitAll);
  }

  void start() {
    committer.start();
    if (durability == Durability.SOON) {
      flushing.start();
    }
  }

  /** Why nothing can be written at present; empty when all is well. */
  Optional<StoreException.Broken> trouble() {
    return Optional.ofNullable(broken);
  }

  /** Returns when the write is on disk and seen. */
  Stored write(
      String key, long expected, Change.Type type, LongFunction<byte[]> value, Object note) {
    Pending pending;
    Pending rival;
    accepting.lock();
    try {
      if (broken != null) {
        throw broken;
      }
      if (closing) {
        throw new StoreException.Broken("the store is closed", null);
      }
      rival = newest.get(key);
      Optional<Stored> before = latest(key);
      if (before.map(Stored::revision).orElse(0L) == expected) {
        long revision = accepted + 1;
        Stored now = new Stored(key, revision, value.apply(revision));
        now.note(note);
        accepted = revision;
        pending = new Pending(new Change(type, now, before), new CompletableFuture<>());
        queue.add(pending);
        newest.put(key, pending);
        work.signal();
      } else {
        pending = null;
      }
    } finally {
      accepting.unlock();
    }
    if (pending == null) {
      throw conflict(key, rival);
    }
    try {
      return pending.done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException.Broken cause ? cause : e;
    }
  }

  /**
   * Who lost to a write under way is told when that can be seen: its next try must not be blind.
   */
  private static StoreException.Conflict conflict(String key, Pending rival) {
    if (rival != null) {
      rival.done.handle((_, _) -> key).join();
    }
    return new StoreException.Conflict(key);
  }

  /** What the key will hold when everything accepted is on disk. */
  private Optional<Stored> latest(String key) {
    Pending pending = newest.get(key);
    if (pending == null) {
      return view.get(key);
    }
    return pending.change.type() == Change.Type.DELETED
        ? Optional.empty()
        : Optional.of(pending.change.now());
  }

  private void commitAll() {
    while (true) {
      List<Pending> batch = nextBatch();
      if (broken != null) {
        fail(batch, broken);
        if (over()) {
          return;
        }
        recover();
      } else if (batch.isEmpty()) {
        return;
      } else {
        commit(batch);
      }
    }
  }

  private void commit(List<Pending> batch) {
    List<Change> changes = batch.stream().map(Pending::change).toList();
    try {
      disk.write(changes);
      if (durability == Durability.AT_ONCE) {
        disk.force();
      } else {
        flushing.wrote();
      }
    } catch (StoreException.Broken e) {
      refuse(e);
      fail(batch, e);
      return;
    }
    view.publish(changes);
    accepting.lock();
    try {
      batch.forEach(pending -> newest.remove(pending.change.key(), pending));
    } finally {
      accepting.unlock();
    }
    batch.forEach(pending -> pending.done.complete(pending.change.now()));
  }

  /** Waits for writes, or until it is time to try the disk again; empty as well at the end. */
  private List<Pending> nextBatch() {
    accepting.lock();
    try {
      long patience = RETRY_NANOS;
      while (queue.isEmpty() && !closing && patience > 0) {
        if (broken == null) {
          work.awaitUninterruptibly();
        } else {
          patience = work.awaitNanos(patience);
        }
      }
      return drained();
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody did, it would be another try of the disk.
      return drained();
    } finally {
      accepting.unlock();
    }
  }

  private List<Pending> drained() {
    List<Pending> batch = queue;
    queue = new ArrayList<>();
    return batch;
  }

  private boolean over() {
    accepting.lock();
    try {
      return closing;
    } finally {
      accepting.unlock();
    }
  }

  private void refuse(StoreException.Broken cause) {
    accepting.lock();
    try {
      if (broken == null) {
        LOG.log(Level.ERROR, cause.getMessage());
      }
      broken = cause;
      work.signal();
    } finally {
      accepting.unlock();
    }
  }

  /** What is accepted but not on disk is lost, with all that builds on it. */
  private void fail(List<Pending> batch, StoreException.Broken cause) {
    List<Pending> lost = new ArrayList<>(batch);
    accepting.lock();
    try {
      lost.addAll(drained());
      newest.clear();
    } finally {
      accepting.unlock();
    }
    lost.forEach(pending -> pending.done.completeExceptionally(cause));
  }

  private void recover() {
    try {
      disk.replace(view.all(), lastAccepted());
    } catch (StoreException.Broken e) {
      broken = e;
      return;
    }
    accepting.lock();
    try {
      broken = null;
    } finally {
      accepting.unlock();
    }
    LOG.log(Level.INFO, "the cluster''s store can be written again; nothing acknowledged was lost");
  }

  private long lastAccepted() {
    accepting.lock();
    try {
      return accepted;
    } finally {
      accepting.unlock();
    }
  }

  /** Returns when the writes under way are on disk; later ones are refused. */
  void close() {
    accepting.lock();
    try {
      closing = true;
      work.signalAll();
    } finally {
      accepting.unlock();
    }
    boolean interrupted = false;
    while (committer.isAlive()) {
      try {
        committer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    flushing.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A write on its way to the disk. */
  private record Pending(Change change, CompletableFuture<Stored> done) {}
}
