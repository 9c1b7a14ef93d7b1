package dev.mlk.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The proof that a cluster runs: its process holds this lock from its first to its last moment, and
 * the operating system takes it back however the process ends. The file tells the process's number.
 */
final class ClusterLock implements AutoCloseable {
  /** Locked far behind the text, because on Windows a locked range cannot be read. */
  private static final long POSITION = 1L << 40;

  private final FileChannel channel;

  private ClusterLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, if nobody has it. */
  static Optional<ClusterLock> take(Path file, long pid) throws IOException {
    PrivateFiles.create(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(POSITION, 1, false) == null) {
        channel.close();
        return Optional.empty();
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      return Optional.empty();
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(Long.toString(pid).getBytes(StandardCharsets.US_ASCII)), 0);
    return Optional.of(new ClusterLock(channel));
  }

  /** The number of the process that holds the lock; empty when nobody does. */
  static Optional<Long> holder(Path file) throws IOException {
    if (!Files.exists(file) || !held(file)) {
      return Optional.empty();
    }
    String text = Files.readString(file).strip();
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.of(0L);
  }

  private static boolean held(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        // Shared: two who ask at the same time do not take each other for the cluster.
        FileLock lock = channel.tryLock(POSITION, 1, true)) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /**
   * Waits until nobody holds the lock. The operating system wakes us: a process handle of another
   * process than a child is asked again and again, seconds apart.
   *
   * @return whether it became free in time
   */
  static boolean awaitFree(Path file, Duration patience) throws IOException, InterruptedException {
    FutureTask<Boolean> free =
        new FutureTask<>(
            () -> {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                  FileLock lock = channel.lock(POSITION, 1, false)) {
                return lock.isValid();
              }
            });
    Thread waiting = Thread.ofPlatform().daemon().name("lock").start(free);
    try {
      return free.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      waiting.interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
