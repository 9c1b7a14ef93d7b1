package dev.mlk.practice.store;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * One MVStore file: key to revision and bytes, the latest revision, the format. Whatever goes wrong
 * comes as {@link StoreException.Broken} with the reason alone; {@link Disk} adds what it is about.
 */
final class StoreFile implements AutoCloseable {
  private static final long FORMAT = 2;
  private static final String FORMAT_KEY = "format";
  private static final String LATEST = "revision";

  /** How long freed parts of the file are kept, ms: much longer than it takes to be forced. */
  private static final int RETENTION = 5_000;

  private final MVStore store;
  private final MVMap<String, byte[]> values;
  private final MVMap<String, Long> counters;

  private StoreFile(MVStore store) {
    this.store = store;
    this.values = store.openMap("objects");
    this.counters = store.openMap("counters");
  }

  static StoreFile open(Path file) {
    MVStore store = null;
    try {
      // The values are kept in memory anyway: one MB of page cache is enough for writing.
      store = new MVStore.Builder().fileName(file.toString()).cacheSize(1).open();
      store.setVersionsToKeep(0);
      store.setRetentionTime(RETENTION);
      if (store.isReadOnly()) {
        throw new StoreException.Broken(
            "is read-only: make the file and its folder writable for this user", null);
      }
      StoreFile opened = new StoreFile(store);
      opened.checkFormat();
      return opened;
    } catch (MVStoreException e) {
      closeQuietly(store);
      throw new StoreException.Broken(unreadable(e), e);
    } catch (StoreException.Broken e) {
      closeQuietly(store);
      throw e;
    } catch (RuntimeException | AssertionError e) {
      // MVStore trips over some damages in the midst of its own arithmetic.
      closeQuietly(store);
      throw new StoreException.Broken(damaged(e.toString()), e);
    }
  }

  private static String unreadable(MVStoreException cause) {
    return switch (cause.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED ->
          "is in use by another process: only one at a time can run a cluster; stop the other first";
      case DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          "was written by a newer version: run that one (" + cause.getMessage() + ")";
      case DataUtils.ERROR_READING_FAILED -> "cannot be opened: " + reason(cause);
      default -> damaged(cause.getMessage());
    };
  }

  private static String damaged(String how) {
    return "is damaged ("
        + how
        + "): put back a copy of it, or remove its folder to begin with an empty cluster";
  }

  private void checkFormat() {
    long format = counters.getOrDefault(FORMAT_KEY, counters.isEmpty() ? FORMAT : 1);
    if (format > FORMAT) {
      throw new StoreException.Broken(
          "was written by a newer version (format "
              + format
              + ", this one knows "
              + FORMAT
              + "): run that version",
          null);
    }
    if (format < FORMAT) {
      throw new StoreException.Broken(
          "was written by a version before the first release (format " + format + ")", null);
    }
  }

  /** The revision of the latest write, 0 in a new file. */
  long revision() {
    return counters.getOrDefault(LATEST, 0L);
  }

  NavigableMap<String, Stored> load() {
    NavigableMap<String, Stored> all = new TreeMap<>();
    try {
      for (Map.Entry<String, byte[]> entry : values.entrySet()) {
        Stored stored =
            ValueCodec.decode(entry.getKey(), entry.getValue())
                .orElseThrow(() -> new StoreException.Broken(damaged(checksum(entry)), null));
        all.put(entry.getKey(), stored);
      }
    } catch (StoreException.Broken e) {
      throw e;
    } catch (RuntimeException | AssertionError e) {
      throw new StoreException.Broken(damaged(e.toString()), e);
    }
    return all;
  }

  private static String checksum(Map.Entry<String, byte[]> entry) {
    return "the checksum of " + entry.getKey() + " does not fit";
  }

  /** Writes all changes in one commit. The revision goes first: it may not lag behind a value. */
  void write(List<Change> changes) {
    try {
      counters.put(LATEST, changes.getLast().revision());
      counters.putIfAbsent(FORMAT_KEY, FORMAT);
      for (Change change : changes) {
        if (change.type() == Change.Type.DELETED) {
          values.remove(change.key());
        } else {
          values.put(change.key(), ValueCodec.encode(change.now()));
        }
      }
      store.commit();
    } catch (MVStoreException e) {
      throw new StoreException.Broken(reason(e), e);
    }
    MVStoreException panic = store.getPanicException();
    if (panic != null) {
      throw new StoreException.Broken(reason(panic), panic);
    }
  }

  /** Fills a new file. */
  void writeAll(Collection<Stored> all, long revision) {
    try {
      counters.put(LATEST, revision);
      counters.put(FORMAT_KEY, FORMAT);
      all.forEach(stored -> values.put(stored.key(), ValueCodec.encode(stored)));
      store.commit();
    } catch (MVStoreException e) {
      throw new StoreException.Broken(reason(e), e);
    }
  }

  /** Has the operating system bring to the medium what was written. */
  void force() {
    try {
      store.sync();
    } catch (MVStoreException e) {
      throw new StoreException.Broken(reason(e), e);
    }
  }

  /** The innermost cause is the operating system's word. */
  private static String reason(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static void closeQuietly(MVStore store) {
    if (store != null) {
      store.closeImmediately();
    }
  }

  /** Whether it has ended by itself because it could not be written. */
  boolean failed() {
    return store.isClosed();
  }

  /** Ends it as it is, without a last write. */
  void abandon() {
    store.closeImmediately();
  }

  @Override
  public void close() {
    try {
      store.close();
    } catch (MVStoreException e) {
      store.closeImmediately();
    }
  }
}
