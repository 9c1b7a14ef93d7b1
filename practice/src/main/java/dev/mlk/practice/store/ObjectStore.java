package dev.mlk.practice.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Versioned values on disk. Every write gets the next revision; revisions only grow, also across
 * restarts. A write returns once it is on disk (writes that come together share one commit), and
 * nobody sees it before. Safe for many threads.
 */
public final class ObjectStore implements AutoCloseable {
  /** What a watch is given at once, in bytes: a reader that has stopped reading holds no more. */
  private static final int AT_ONCE = 64 << 10;

  /** From how many values on a list is kept for the next who asks for the same. */
  private static final int WORTH_KEEPING = 256;

  private final Disk disk;
  private final Writes writes;

  /** Guards what everybody sees: the values, the log and the places of the watches. */
  private final ReentrantReadWriteLock view = new ReentrantReadWriteLock();

  private final NavigableMap<String, Stored> values;
  private final Map<String, Index> indexes = new HashMap<>();
  private final ChangeLog log;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private long visible;

  /** The latest long list, until one of its values changes; pages of a list are asked in a row. */
  private volatile Recent recent;

  private record Recent(String prefix, List<Stored> values) {}

  private ObjectStore(Disk disk, Disk.Content content, Limits limits, Durability durability) {
    this.disk = disk;
    this.values = content.values();
    this.visible = content.revision();
    this.log = new ChangeLog(limits, visible);
    this.writes = new Writes(disk, durability, visible, new Published());
  }

  /**
   * Opens or makes the store in a folder.
   *
   * @throws StoreException.Broken when its file is damaged, in use or cannot be written; the
   *     message says what to do
   */
  public static ObjectStore open(Path folder, Limits limits, Durability durability) {
    Disk disk = Disk.open(folder);
    try {
      ObjectStore store = new ObjectStore(disk, disk.load(), limits, durability);
      store.writes.start();
      return store;
    } catch (StoreException.Broken e) {
      disk.abandon();
      throw e;
    }
  }

  /** Opens or makes the store in a folder, forced to the medium soon after each write. */
  public static ObjectStore open(Path folder, Limits limits) {
    return open(folder, limits, Durability.SOON);
  }

  /** Why nothing can be written at present; empty when all is well. */
  public Optional<StoreException.Broken> trouble() {
    return writes.trouble();
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
      return new Snapshot(visible, now(prefix));
    } finally {
      view.readLock().unlock();
    }
  }

  /**
   * Has {@link #find} know a collection from now on.
   *
   * @param collection the prefix of its keys
   * @param words what a value is found by; must say the same of a value each time, and not block
   */
  public void index(String collection, Function<Stored, List<String>> words) {
    view.writeLock().lock();
    try {
      if (!indexes.containsKey(collection)) {
        Index index = new Index(words);
        below(values, collection).values().forEach(index::add);
        indexes.put(collection, index);
      }
    } finally {
      view.writeLock().unlock();
    }
  }

  /**
   * The values whose keys begin with the prefix and that have one of the words, now: that which the
   * fewest have.
   *
   * @return empty when the collection is not indexed
   */
  public Optional<Snapshot> find(String collection, String prefix, List<String> words) {
    view.readLock().lock();
    try {
      return Optional.ofNullable(indexes.get(collection))
          .map(index -> below(index.fewest(words), prefix).values())
          .map(found -> new Snapshot(visible, List.copyOf(found)));
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
      List<Change> since = log.after(revision, prefix);
      if (since.isEmpty()) {
        return new Snapshot(revision, now(prefix));
      }
      NavigableMap<String, Stored> then = new TreeMap<>(below(values, prefix));
      for (Change change : since.reversed()) {
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
    return create(key, value, null);
  }

  /** The same, with a {@link Stored#note} from the beginning: readers may be there at once. */
  public Stored create(String key, LongFunction<byte[]> value, Object note) {
    return writes.write(key, 0, Change.Type.ADDED, value, note);
  }

  /**
   * Replaces a value.
   *
   * @param expected the revision that the key must have
   * @throws StoreException.Conflict when it has another one or is gone
   */
  public Stored update(String key, long expected, LongFunction<byte[]> value) {
    return update(key, expected, value, null);
  }

  /** The same, with a {@link Stored#note} from the beginning. */
  public Stored update(String key, long expected, LongFunction<byte[]> value, Object note) {
    return writes.write(key, expected, Change.Type.MODIFIED, value, note);
  }

  /**
   * Removes a key.
   *
   * @param last the bytes that watchers are told, given the revision of the removal
   * @throws StoreException.Conflict when it has another revision or is gone
   */
  public Stored delete(String key, long expected, LongFunction<byte[]> last) {
    return writes.write(key, expected, Change.Type.DELETED, last, null);
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

  /** The next changes that the watch has not seen, some at a time; moves it on. */
  List<Change> read(Watch watch) {
    view.readLock().lock();
    try {
      watch.drain();
      if (watch.position() >= visible) {
        return List.of();
      }
      List<Change> changes = log.after(watch.position(), watch.prefix());
      int count = 0;
      long bytes = 0;
      while (count < changes.size() && bytes < AT_ONCE) {
        bytes += changes.get(count++).value().length;
      }
      if (count == changes.size()) {
        watch.moveTo(visible);
        return changes;
      }
      watch.moveTo(changes.get(count - 1).revision());
      return List.copyOf(changes.subList(0, count));
    } finally {
      view.readLock().unlock();
    }
  }

  void forget(Watch watch) {
    watches.remove(watch);
  }

  /** The values below a prefix as they are; to be called with the view's lock. */
  private List<Stored> now(String prefix) {
    Recent kept = recent;
    if (kept != null && kept.prefix.equals(prefix)) {
      return kept.values;
    }
    List<Stored> list = List.copyOf(below(values, prefix).values());
    if (list.size() >= WORTH_KEEPING) {
      recent = new Recent(prefix, list);
    }
    return list;
  }

  private static NavigableMap<String, Stored> below(
      NavigableMap<String, Stored> values, String prefix) {
    return values.subMap(prefix, true, prefix + '\uffff', false);
  }

  /** What the writes see of the store, and how they show what they did. */
  private final class Published implements Writes.View {
    @Override
    public Optional<Stored> get(String key) {
      return ObjectStore.this.get(key);
    }

    @Override
    public Collection<Stored> all() {
      return list("").values();
    }

    @Override
    public void publish(List<Change> changes) {
      view.writeLock().lock();
      try {
        changes.forEach(ObjectStore.this::apply);
        long before = visible;
        visible = changes.getLast().revision();
        for (Watch watch : watches) {
          if (changes.stream().anyMatch(change -> change.key().startsWith(watch.prefix()))) {
            watch.signal();
          } else if (watch.position() == before) {
            watch.moveTo(visible);
          }
        }
      } finally {
        view.writeLock().unlock();
      }
    }
  }

  private void apply(Change change) {
    if (change.type() == Change.Type.DELETED) {
      values.remove(change.key());
    } else {
      values.put(change.key(), change.now());
    }
    log.add(change);
    indexes.forEach(
        (collection, index) -> {
          if (change.key().startsWith(collection)) {
            change.previous().ifPresent(index::remove);
            if (change.type() != Change.Type.DELETED) {
              index.add(change.now());
            }
          }
        });
    Recent kept = recent;
    if (kept != null && change.key().startsWith(kept.prefix)) {
      recent = null;
    }
  }

  /** Ends all watches and closes the file after the writes under way. */
  @Override
  public void close() {
    writes.close();
    List.copyOf(watches).forEach(Watch::close);
    disk.close();
  }
}
