package dev.mlk.practice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The file: key to revision and bytes, and the latest revision. One thread writes. */
final class Disk implements AutoCloseable {
  private static final String LATEST = "revision";
  private final Path file;
  private final MVStore store;
  private final MVMap<String, byte[]> values;
  private final MVMap<String, Long> counters;

  private Disk(Path file, MVStore store) {
    this.file = file;
    this.store = store;
    this.values = store.openMap("objects");
    this.counters = store.openMap("counters");
  }

  static Disk open(Path folder) {
    Path file = folder.resolve("objects.mv");
    try {
      Files.createDirectories(folder);
      // The values are kept in memory anyway: one MB of page cache is enough for writing.
      MVStore store = new MVStore.Builder().fileName(file.toString()).cacheSize(1).open();
      store.setVersionsToKeep(0);
      return new Disk(file, store);
    } catch (IOException e) {
      throw new StoreException.Broken("cannot make the folder " + folder + ": " + e, e);
    } catch (MVStoreException e) {
      String why =
          e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
              ? "is in use by another process"
              : "is damaged or unreadable: " + e.getMessage();
      throw new StoreException.Broken("the store " + file + " " + why, e);
    }
  }

  long revision() {
    return counters.getOrDefault(LATEST, 0L);
  }

  Map<String, Stored> load() {
    Map<String, Stored> all = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : values.entrySet()) {
      byte[] bytes = entry.getValue();
      long revision = ByteBuffer.wrap(bytes).getLong();
      byte[] value = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
      all.put(entry.getKey(), new Stored(entry.getKey(), revision, value));
    }
    return all;
  }

  /** Writes all changes in one commit. The revision goes first: it may not lag behind a value. */
  void write(List<Change> changes) {
    try {
      counters.put(LATEST, changes.getLast().revision());
      for (Change change : changes) {
        if (change.type() == Change.Type.DELETED) {
          values.remove(change.key());
        } else {
          values.put(
              change.key(),
              ByteBuffer.allocate(Long.BYTES + change.value().length)
                  .putLong(change.revision())
                  .put(change.value())
                  .array());
        }
      }
      store.commit();
    } catch (MVStoreException e) {
      throw new StoreException.Broken(
          "cannot write " + file + " (is the disk full?): " + e.getMessage(), e);
    }
    MVStoreException panic = store.getPanicException();
    if (panic != null) {
      throw new StoreException.Broken("cannot write " + file + ": " + panic.getMessage(), panic);
    }
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
