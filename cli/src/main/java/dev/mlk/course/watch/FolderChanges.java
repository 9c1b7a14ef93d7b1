package dev.mlk.course.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Files saved in the learner's folder and the folders in it; hidden ones and copies do not count.
 */
final class FolderChanges implements Changes {
  /** Deeper than any exercise, and no walk through somebody's home folder. */
  private static final int DEEPEST = 6;

  private static final System.Logger LOG = System.getLogger(FolderChanges.class.getName());

  private final Path folder;
  private final Listener listener;
  private final WatchService watch;

  private FolderChanges(Path folder, Listener listener) throws IOException {
    this.folder = folder;
    this.listener = listener;
    this.watch = folder.getFileSystem().newWatchService();
  }

  /** Follows a folder; when it is not there yet, it is followed from the moment it comes. */
  static FolderChanges of(Path folder, Listener listener) throws IOException {
    FolderChanges changes = new FolderChanges(folder, listener);
    if (!changes.follow(folder)) {
      changes.await();
    }
    Thread.ofPlatform().daemon().name("files").start(changes::listen);
    return changes;
  }

  /** Registers a folder with all below it; whether it is there. */
  private boolean follow(Path top) throws IOException {
    if (!Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Files.walkFileTree(
        top,
        Set.of(),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path one, BasicFileAttributes attributes)
              throws IOException {
            if (!one.equals(folder) && hidden(one)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            one.register(watch, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path one, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
    return true;
  }

  /** Registers the nearest folder above that is there, to see the missing one come. */
  private void await() throws IOException {
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above)) {
        above.register(watch, ENTRY_CREATE);
        return;
      }
    }
  }

  private void listen() {
    try {
      while (true) {
        WatchKey key = watch.take();
        String what = "";
        for (WatchEvent<?> event : key.pollEvents()) {
          String one = saw((Path) key.watchable(), event);
          what = one.isEmpty() ? what : one;
        }
        key.reset();
        if (!what.isEmpty()) {
          listener.changed(what);
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.log(System.Logger.Level.DEBUG, "no more files are followed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "files are not followed any more", e);
    }
  }

  /** What an event means, in words; empty for nothing. */
  private String saw(Path where, WatchEvent<?> event) throws IOException {
    if (!(event.context() instanceof Path name)) {
      // So many at once that some were lost.
      return "files changed";
    }
    Path file = where.resolve(name);
    if (folder.startsWith(file)) {
      return comes();
    }
    if (!file.startsWith(folder) || hidden(file)) {
      return "";
    }
    if (ENTRY_CREATE.equals(event.kind())) {
      follow(file);
    }
    return folder.relativize(file) + " changed";
  }

  /** The folder, or one above it, has come or gone. */
  private String comes() throws IOException {
    if (!follow(folder)) {
      await();
      // It may have come while nobody looked.
      if (!follow(folder)) {
        return "";
      }
    }
    return "the folder is there";
  }

  /** Hidden files, and those that editors keep beside the one being written. */
  private static boolean hidden(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".")
        || name.endsWith("~")
        || name.endsWith(".swp")
        || name.endsWith(".tmp")
        || name.equals("4913")
        || name.startsWith("#");
  }

  @Override
  public void close() {
    try {
      watch.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the watch of files", e);
    }
  }
}
