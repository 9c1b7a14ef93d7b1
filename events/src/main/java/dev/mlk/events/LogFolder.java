package dev.mlk.events;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A folder with event files, read as a stream: every reading goes on where the one before it ended,
 * so it can be used while training writes. Memory holds one record and the names of the series.
 *
 * <p>Runs are folders below it, as TensorBoard has them; the files of a run are read in the order
 * of their names. Damage costs the record or the file that has it. Not for several threads at once.
 */
public final class LogFolder {
  private static final long LARGEST = 256L << 20;

  private final Path root;
  private final TreeMap<String, RunReader> runs = new TreeMap<>();
  private final Set<String> told = new HashSet<>();

  private LogFolder(Path root) {
    this.root = root;
  }

  /**
   * The folder, or one event file.
   *
   * @param root need not be there yet
   */
  public static LogFolder of(Path root) {
    return new LogFolder(root);
  }

  /** The runs that the last reading saw, by name. */
  public List<Run> runs() {
    return runs.values().stream().map(reader -> reader.run).toList();
  }

  /** The files that the last reading saw, by run and name. */
  public List<Path> files() {
    List<Path> all = new ArrayList<>();
    runs.values().forEach(run -> run.files.values().forEach(file -> all.add(file.path)));
    return all;
  }

  /** Files that end inside a record: they are being written, or they were cut. */
  public List<Damage> incomplete() {
    List<Damage> all = new ArrayList<>();
    for (RunReader run : runs.values()) {
      for (FileState file : run.files.values()) {
        if (file.incomplete > 0 && file.damagedAt != file.offset) {
          all.add(
              new Damage(
                  file.path,
                  file.offset,
                  Damage.What.INCOMPLETE,
                  file.incomplete + " bytes of it are there"));
        }
      }
    }
    return all;
  }

  /** The next reading begins at the first byte of every file. */
  public void rewind() {
    runs.values().forEach(RunReader::rewind);
    told.clear();
  }

  /** Reads what is new since the reading before, in this thread. */
  public void read(EventConsumer consumer) {
    read(consumer, 1);
  }

  /**
   * Reads what is new since the reading before.
   *
   * @param consumer called by several threads at once when there are several; every run is one
   *     thread's
   */
  public void read(EventConsumer consumer, int threads) {
    discover(consumer::damaged);
    List<RunReader> all = List.copyOf(runs.values());
    all.forEach(run -> run.use(consumer, false));
    each(all, consumer::damaged, Math.min(threads, all.size()));
  }

  /** {@link #readLatest(EventConsumer, int)} in this thread. */
  public void readLatest(EventConsumer consumer) {
    readLatest(consumer, 1);
  }

  /**
   * Reads everything from the beginning and leaves out what training wrote again after a restart,
   * as TensorBoard does. Every file is passed over twice: restarts are looked for first.
   *
   * @param consumer called by several threads at once when there are several; every run is one
   *     thread's
   */
  public void readLatest(EventConsumer consumer, int threads) {
    rewind();
    discover(consumer::damaged);
    RestartLog restarts = new RestartLog(consumer);
    List<RunReader> all = List.copyOf(runs.values());
    all.forEach(run -> run.use(restarts, true));
    each(all, _ -> {}, Math.min(threads, all.size()));
    all.forEach(RunReader::rewind);
    EventConsumer latest = restarts.isEmpty() ? consumer : restarts.filter();
    all.forEach(run -> run.use(latest, false));
    each(all, consumer::damaged, Math.min(threads, all.size()));
    all.forEach(run -> run.use(consumer, false));
  }

  private void discover(Consumer<Damage> damage) {
    SortedMap<String, SortedSet<Path>> found = FolderWalk.find(root, once(damage));
    runs.keySet().retainAll(found.keySet());
    for (Map.Entry<String, SortedSet<Path>> entry : found.entrySet()) {
      Path folder = entry.getValue().first().getParent();
      RunReader run =
          runs.computeIfAbsent(
              entry.getKey(),
              name -> new RunReader(new Run(name, folder == null ? Path.of("") : folder)));
      Set<String> names = new HashSet<>();
      for (Path file : entry.getValue()) {
        String name = file.getFileName().toString();
        names.add(name);
        run.discover(name, file);
      }
      run.files.keySet().retainAll(names);
    }
  }

  /** A folder that cannot be listed is told of once, not with each reading. */
  private Consumer<Damage> once(Consumer<Damage> damage) {
    return one -> {
      if (told.add(one.file().toString())) {
        damage.accept(one);
      }
    };
  }

  private static void each(List<RunReader> all, Consumer<Damage> damage, int threads) {
    AtomicInteger next = new AtomicInteger();
    if (threads <= 1) {
      work(all, next, damage);
      return;
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      others.add(
          Thread.ofPlatform()
              .name("event-files-" + i)
              .daemon()
              .uncaughtExceptionHandler((_, e) -> failure.compareAndSet(null, e))
              .start(() -> work(all, next, damage)));
    }
    for (Thread other : others) {
      join(other);
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while event files were read", e);
    }
  }

  private static void work(List<RunReader> all, AtomicInteger next, Consumer<Damage> damage) {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    RecordReader reader = new RecordReader((int) Math.min(LARGEST, quarter));
    for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
      RunReader run = all.get(i);
      for (FileState file : run.files.values()) {
        run.file(file);
        file(reader, run, file, damage);
        reader.shrink();
      }
    }
  }

  private static void file(
      RecordReader reader, RunReader run, FileState file, Consumer<Damage> damage) {
    try {
      BasicFileAttributes now = Files.readAttributes(file.path, BasicFileAttributes.class);
      if (!now.isRegularFile() || file.unchanged(now)) {
        return;
      }
      if (file.replacedBy(now)) {
        damage.accept(new Damage(file.path, 0, Damage.What.REPLACED, "read from its start"));
        file.rewind();
      }
      file.saw(now);
      try (FileChannel channel = FileChannel.open(file.path, StandardOpenOption.READ)) {
        reader.read(channel, file, run, damage);
      }
      file.readable = true;
    } catch (NoSuchFileException e) {
      // It went away since the folder was listed: rotated.
      file.incomplete = 0;
    } catch (IOException e) {
      if (file.readable) {
        file.readable = false;
        damage.accept(new Damage(file.path, 0, Damage.What.UNREADABLE, FolderWalk.reason(e)));
      }
    }
  }
}
