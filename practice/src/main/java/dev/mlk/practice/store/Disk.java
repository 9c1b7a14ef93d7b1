package dev.mlk.practice.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;

/**
 * The store's folder: the file with the values, and how far that must reach. One thread writes,
 * another may force.
 */
final class Disk implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Disk.class.getName());
  private final Path file;
  private final RevisionFile reach;
  private volatile StoreFile store;
  private volatile long written;
  private volatile long forced;

  private Disk(Path file, RevisionFile reach, StoreFile store) {
    this.file = file;
    this.reach = reach;
    this.store = store;
  }

  /**
   * What was in the folder.
   *
   * @param revision at least that of every write that was ever acknowledged
   */
  record Content(long revision, NavigableMap<String, Stored> values) {}

  static Disk open(Path folder) {
    Path file = folder.resolve("objects.mv");
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(fresh(file));
      StoreFile store = StoreFile.open(file);
      return new Disk(file, RevisionFile.open(folder.resolve("revision")), store);
    } catch (IOException e) {
      throw new StoreException.Broken(
          "cannot write to the folder of the store, " + folder + ": " + e, e);
    } catch (StoreException.Broken e) {
      throw about(file, e);
    }
  }

  /** Reads everything; called once, before the first write. */
  Content load() {
    try {
      NavigableMap<String, Stored> values = store.load();
      written = checkedReach(store.revision());
      forced = written;
      return new Content(written, values);
    } catch (IOException e) {
      throw new StoreException.Broken("cannot read " + file.resolveSibling("revision"), e);
    } catch (StoreException.Broken e) {
      throw about(file, e);
    }
  }

  /**
   * The revision to go on from. What was forced must be there. Of what was not yet, a power cut may
   * have taken the end: those revisions are not given again.
   */
  private long checkedReach(long found) throws IOException {
    RevisionFile.Reach expected = reach.read().orElse(new RevisionFile.Reach(0, 0));
    if (found < expected.forced()) {
      throw new StoreException.Broken(
          (found == 0 ? "is empty" : "ends at revision " + found)
              + " but reached "
              + expected.forced()
              + ": it was cut off or damaged; put back a copy of it, or remove its folder to begin"
              + " with an empty cluster, or remove the file revision beside it to go on with what"
              + " is left",
          null);
    }
    if (found < expected.acknowledged()) {
      LOG.log(
          Level.WARNING,
          "the store {0} has lost its latest writes, revisions {1} to {2}: the machine went down"
              + " before they were on its disk",
          file,
          Long.toString(found + 1),
          Long.toString(expected.acknowledged()));
    }
    return Math.max(found, expected.acknowledged());
  }

  /** Writes the changes so that they survive the end of this process. */
  void write(List<Change> changes) {
    try {
      store.write(changes);
      written = changes.getLast().revision();
      reach.write(new RevisionFile.Reach(written, forced));
    } catch (IOException e) {
      throw unwritable(e.getMessage(), e);
    } catch (StoreException.Broken e) {
      throw unwritable(e.getMessage(), e);
    }
  }

  /** Has what was written survive a power cut. */
  synchronized void force() {
    long revision = written;
    if (revision == forced || store.failed()) {
      // After a failure, the one who writes begins a new file.
      return;
    }
    try {
      store.force();
      forced = revision;
      reach.write(new RevisionFile.Reach(written, forced));
    } catch (IOException | StoreException.Broken e) {
      throw unwritable(e.getMessage(), e);
    }
  }

  /**
   * Replaces the file by a new one with these values: the way back after a write failed, when
   * nobody knows how much of it is in the old one.
   */
  synchronized void replace(Collection<Stored> values, long revision) {
    store.abandon();
    Path fresh = fresh(file);
    StoreFile copy = null;
    try {
      Files.deleteIfExists(fresh);
      copy = StoreFile.open(fresh);
      copy.writeAll(values, revision);
      copy.force();
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      reach.write(new RevisionFile.Reach(revision, revision));
      store = copy;
      written = revision;
      forced = revision;
    } catch (IOException | StoreException.Broken e) {
      if (copy != null) {
        copy.abandon();
      }
      discard(fresh);
      throw unwritable(e.getMessage(), e);
    }
  }

  private static void discard(Path fresh) {
    try {
      Files.deleteIfExists(fresh);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the unfinished copy stays", e);
    }
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static StoreException.Broken about(Path file, StoreException.Broken why) {
    return new StoreException.Broken("the store " + file + " " + why.getMessage(), why.getCause());
  }

  private StoreException.Broken unwritable(String why, Throwable cause) {
    return new StoreException.Broken(
        "the cluster's store cannot be written ("
            + file
            + ": "
            + why
            + "). Reading goes on; writing goes on by itself once there is space on the disk and"
            + " the file can be written",
        cause);
  }

  /** Lets go of the files of a store that could not be loaded. */
  void abandon() {
    store.abandon();
    closeReach();
  }

  @Override
  public void close() {
    try {
      force();
    } catch (StoreException.Broken e) {
      LOG.log(Level.WARNING, e.getMessage());
    }
    store.close();
    closeReach();
  }

  private void closeReach() {
    try {
      reach.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the file revision", e);
    }
  }
}
