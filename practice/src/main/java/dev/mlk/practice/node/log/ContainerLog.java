package dev.mlk.practice.node.log;

import dev.mlk.practice.pki.PrivateFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log of one run of a container. Each line of the file begins with its time, the stream's name
 * and {@code F} for a full line or {@code P} for a part of a long one. The file is made with the
 * first line; a full one is renamed with its number and a new one begun, and only the last few are
 * kept.
 */
public final class ContainerLog implements AutoCloseable {
  /** When to begin a new file and how many to keep. */
  public record Limits(long fileBytes, int files) {
    /** What the kubelet does by default. */
    public static final Limits DEFAULT = new Limits(10 << 20, 5);
  }

  /** Longer lines are stored in parts. */
  private static final int LINE = 16 * 1024;

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final InstantSource clock;
  private final Limits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private OutputStream output;
  private long written;
  private int generation;
  private boolean ended;

  private ContainerLog(Path file, InstantSource clock, Limits limits, boolean ended) {
    this.file = file;
    this.clock = clock;
    this.limits = limits;
    this.ended = ended;
    this.generation = lastGeneration();
  }

  /** A log to be written to. */
  public static ContainerLog begin(Path file, InstantSource clock, Limits limits) {
    return new ContainerLog(file, clock, limits, false);
  }

  /** The log of a run that has ended, perhaps in an earlier life of the cluster. */
  public static ContainerLog ended(Path file, InstantSource clock) {
    return new ContainerLog(file, clock, Limits.DEFAULT, true);
  }

  /** Takes what the container wrote; a last line without its end waits for it. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      int end = offset + length;
      for (int at = offset; at < end; at++) {
        int begin = at;
        int most = Math.min(end, begin + LINE - pending.size());
        while (at < most && bytes[at] != '\n') {
          at++;
        }
        pending.write(bytes, begin, at - begin);
        if (at < end && bytes[at] == '\n') {
          store('F');
        } else if (pending.size() == LINE) {
          store('P');
          at--;
        } else {
          break;
        }
      }
      if (output != null) {
        output.flush();
      }
      news.signalAll();
    } catch (IOException e) {
      drop();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a line. */
  public void line(String text) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
  }

  /** Reads the log as the options say; a reader that follows ends when the log does. */
  public InputStream read(LogOptions options) throws IOException {
    return new LogStream(this, options);
  }

  private void store(char tag) throws IOException {
    if (output != null && written >= limits.fileBytes()) {
      rotate();
    }
    if (output == null) {
      Files.createDirectories(file.getParent());
      PrivateFile.createIfAbsent(file);
      output =
          new BufferedOutputStream(
              Files.newOutputStream(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND,
                  LinkOption.NOFOLLOW_LINKS),
              LINE * 2);
      written = Files.size(file);
    }
    byte[] head =
        (TIME.format(clock.instant()) + " stdout " + tag + " ").getBytes(StandardCharsets.US_ASCII);
    output.write(head);
    pending.writeTo(output);
    output.write('\n');
    written += head.length + pending.size() + 1;
    pending.reset();
  }

  /** What could not be stored is dropped: the next line begins anew. */
  private void drop() {
    pending.reset();
    OutputStream broken = output;
    output = null;
    try {
      if (broken != null) {
        broken.close();
      }
    } catch (IOException e) {
      // It is closed all the same.
      return;
    }
  }

  private void rotate() throws IOException {
    output.close();
    output = null;
    Files.move(file, numbered(generation), StandardCopyOption.REPLACE_EXISTING);
    generation++;
    Files.deleteIfExists(numbered(generation - limits.files()));
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }

  private int lastGeneration() {
    int number = 0;
    Path folder = file.getParent();
    if (Files.isDirectory(folder)) {
      String prefix = file.getFileName() + ".";
      try (var siblings = Files.newDirectoryStream(folder, prefix + "*")) {
        for (Path sibling : siblings) {
          String rest = sibling.getFileName().toString().substring(prefix.length());
          number = Math.max(number, Integer.parseInt(rest) + 1);
        }
      } catch (IOException | NumberFormatException e) {
        return number;
      }
    }
    return number;
  }

  /** The oldest file that is kept, by number. */
  int oldest() {
    lock.lock();
    try {
      int number = generation;
      while (number > 0 && Files.exists(numbered(number - 1))) {
        number--;
      }
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** The file of that number, or null when there is none (any more, or yet). */
  InputStream open(int number) throws IOException {
    lock.lock();
    try {
      Path path = number == generation ? file : numbered(number);
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)
          : null;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is or will be a file after that one. */
  boolean passed(int number) {
    lock.lock();
    try {
      return generation > number;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there may be more than has been seen.
   *
   * @param seen bytes read of the file of that number
   * @return false when nothing more will come
   */
  boolean awaitMore(int number, long seen) throws InterruptedException {
    lock.lock();
    try {
      while (generation == number && !ended && (output == null ? 0 : written) <= seen) {
        news.await();
      }
      return generation > number || (Files.exists(file) && file.toFile().length() > seen);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the log; readers that follow it end too. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (pending.size() > 0) {
        store('F');
      }
      if (output != null) {
        output.close();
      }
      ended = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
