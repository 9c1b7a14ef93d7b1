package dev.mlk.practice.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * Versioned values on disk. Every write gets the next revision; revisions only grow, also across
 * restarts. A write returns once it is on disk (writes that come together share one commit), and
 * nobody sees it before. Safe for many threads.
 */
public final class ObjectStore implements AutoCloseable {
  private final Disk disk;

  /** Guards what is accepted but not yet on disk. */
  private final ReentrantLock accepting = new ReentrantLock();

  private final Condition work = accepting.newCondition();
  private final Map<String, Pending> newest = new HashMap<>();
  private List<Pending> queue = new ArrayList<>();
  private long accepted;
  private boolean closing;
  private StoreException.Broken broken;

  /** Guards what everybody sees: the values, the log and the places of the watches. */
  private final ReentrantReadWriteLock view = new ReentrantReadWriteLock();

  private final NavigableMap<String, Stored> values;
  private final ChangeLog log;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private long visible;
  private final Thread committer;

  private ObjectStore(Disk disk, Limits limits) {
    this.disk = disk;
    this.values = new TreeMap<>(disk.load());
    this.accepted = disk.revision();
    this.visible = accepted;
    this.log = new ChangeLog(limits, accepted);
    this.committer = Thread.ofPlatform().daemon().name("store-commit").unstarted(this::commitAll);
  }

  /**
   * Opens or makes the store in a folder.
   *
   * @throws StoreException.Broken when its file is damaged, in use or cannot be written
   */
  public static ObjectStore open(Path folder, Limits limits) {
    ObjectStore store = new ObjectStore(Disk.open(folder), limits);
    store.committer.start();
    return store;
  }

  /** The revision of the latest write that everybody sees. */
  public long revision() {
    view.readLock().lock();
    try {
      return visible;
    } finally {
      view.readLock().unlock();
    }
  }

  /** The value of a key. */
  public Optional<Stored> get(String key) {
    view.readLock().lock();
    try {
      return Optional.ofNullable(values.get(key));
    } finally {
      view.readLock().unlock();
    }
  }

  /** All values whose keys begin with the prefix, now. */
  public Snapshot list(String prefix) {
    view.readLock().lock();
    try {
      return new Snapshot(visible, List.copyOf(below(prefix).values()));
    } finally {
      view.readLock().unlock();
    }
  }

  /**
   * All values whose keys begin with the prefix, as they were right after the revision.
   *
   * @throws StoreException.Gone when that is too long ago
   */
  public Snapshot listAt(String prefix, long revision) {
    view.readLock().lock();
    try {
      NavigableMap<String, Stored> then = new TreeMap<>(below(prefix));
      for (Change change : log.after(revision, prefix).reversed()) {
        change
            .previous()
            .ifPresentOrElse(
                before -> then.put(change.key(), before), () -> then.remove(change.key()));
      }
      return new Snapshot(revision, List.copyOf(then.values()));
    } finally {
      view.readLock().unlock();
    }
  }

  /**
   * Writes a key that must not be there yet.
   *
   * @param value the bytes, given the revision that the write gets; must not block
   * @throws StoreException.Conflict when the key is there
   */
  public Stored create(String key, LongFunction<byte[]> value) {
    return write(key, 0, Change.Type.ADDED, value);
  }

  /**
   * Replaces a value.
   *
   * @param expected the revision that the key must have
   * @throws StoreException.Conflict when it has another one or is gone
   */
  public Stored update(String key, long expected, LongFunction<byte[]> value) {
    return write(key, expected, Change.Type.MODIFIED, value);
  }

  /**
   * Removes a key.
   *
   * @param last the bytes that watchers are told, given the revision of the removal
   * @throws StoreException.Conflict when it has another revision or is gone
   */
  public Stored delete(String key, long expected, LongFunction<byte[]> last) {
    return write(key, expected, Change.Type.DELETED, last);
  }

  /**
   * Watches the keys that begin with the prefix.
   *
   * @param after the revision after which the changes are wanted
   * @throws StoreException.Gone when that is too long ago
   */
  public Watch watch(String prefix, long after) {
    view.readLock().lock();
    try {
      log.requireReach(after);
      Watch watch = new Watch(this, prefix, after);
      watches.add(watch);
      return watch;
    } finally {
      view.readLock().unlock();
    }
  }

  /** The changes that the watch has not seen; moves it on. */
  List<Change> read(Watch watch) {
    view.readLock().lock();
    try {
      watch.drain();
      if (watch.position() >= visible) {
        return List.of();
      }
      List<Change> changes = log.after(watch.position(), watch.prefix());
      watch.moveTo(visible);
      return changes;
    } finally {
      view.readLock().unlock();
    }
  }

  void forget(Watch watch) {
    watches.remove(watch);
  }

  private NavigableMap<String, Stored> below(String prefix) {
    return values.subMap(prefix, true, prefix + '\uffff', false);
  }

  private Stored write(String key, long expected, Change.Type type, LongFunction<byte[]> value) {
    Pending pending;
    accepting.lock();
    try {
      if (broken != null) {
        throw broken;
      }
      if (closing) {
        throw new StoreException.Broken("the store is closed", null);
      }
      Optional<Stored> before = latest(key);
      if (before.map(Stored::revision).orElse(0L) != expected) {
        throw new StoreException.Conflict(key);
      }
      long revision = accepted + 1;
      Change change = new Change(type, key, revision, value.apply(revision), before);
      accepted = revision;
      pending = new Pending(change, new CompletableFuture<>());
      queue.add(pending);
      newest.put(key, pending);
      work.signal();
    } finally {
      accepting.unlock();
    }
    try {
      return pending.done.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException.Broken cause ? cause : e;
    }
  }

  /** What the key will hold when everything accepted is on disk. */
  private Optional<Stored> latest(String key) {
    Pending pending = newest.get(key);
    if (pending == null) {
      return get(key);
    }
    return pending.change.type() == Change.Type.DELETED
        ? Optional.empty()
        : Optional.of(pending.stored());
  }

  private void commitAll() {
    while (true) {
      List<Pending> batch = nextBatch();
      if (batch.isEmpty()) {
        return;
      }
      try {
        disk.write(batch.stream().map(Pending::change).toList());
      } catch (StoreException.Broken e) {
        fail(batch, e);
        return;
      }
      publish(batch);
      accepting.lock();
      try {
        batch.forEach(pending -> newest.remove(pending.change.key(), pending));
      } finally {
        accepting.unlock();
      }
      batch.forEach(pending -> pending.done.complete(pending.stored()));
    }
  }

  /** Waits for writes; empty when the store is closing and all are done. */
  private List<Pending> nextBatch() {
    accepting.lock();
    try {
      while (queue.isEmpty() && !closing) {
        work.awaitUninterruptibly();
      }
      List<Pending> batch = queue;
      queue = new ArrayList<>();
      return batch;
    } finally {
      accepting.unlock();
    }
  }

  private void publish(List<Pending> batch) {
    view.writeLock().lock();
    try {
      for (Pending pending : batch) {
        Change change = pending.change;
        if (change.type() == Change.Type.DELETED) {
          values.remove(change.key());
        } else {
          values.put(change.key(), pending.stored());
        }
        log.add(change);
      }
      long before = visible;
      visible = batch.getLast().change.revision();
      for (Watch watch : watches) {
        if (batch.stream().anyMatch(p -> p.change.key().startsWith(watch.prefix()))) {
          watch.signal();
        } else if (watch.position() == before) {
          watch.moveTo(visible);
        }
      }
    } finally {
      view.writeLock().unlock();
    }
  }

  /** Later writes may build on lost ones, so a store that failed once takes no more. */
  private void fail(List<Pending> batch, StoreException.Broken cause) {
    List<Pending> lost = new ArrayList<>(batch);
    accepting.lock();
    try {
      broken = cause;
      lost.addAll(queue);
      queue = new ArrayList<>();
      newest.clear();
    } finally {
      accepting.unlock();
    }
    lost.forEach(pending -> pending.done.completeExceptionally(cause));
  }

  /** Ends all watches and closes the file after the writes under way. */
  @Override
  public void close() {
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
    List.copyOf(watches).forEach(Watch::close);
    disk.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A write on its way to the disk. */
  private record Pending(Change change, CompletableFuture<Stored> done) {
    Stored stored() {
      return new Stored(change.key(), change.revision(), change.value());
    }
  }
}
