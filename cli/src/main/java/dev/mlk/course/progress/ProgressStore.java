package dev.mlk.course.progress;

import dev.mlk.format.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Progress on disk: one file for each cluster and namespace. It is replaced as a whole, so that it
 * survives whatever ends the process, and two processes take turns.
 */
public final class ProgressStore {
  private final Path file;

  /** The store of a file, which need not exist. */
  public ProgressStore(Path file) {
    this.file = file;
  }

  /** What is known; nothing when the file is not there. One that cannot be read is kept aside. */
  public Progress read() {
    try {
      return Files.exists(file)
          ? ProgressText.read(Json.read(Files.readString(file)))
          : Progress.NONE;
    } catch (JacksonException e) {
      return Progress.NONE;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Progress as a document, for export. */
  public ObjectNode document() {
    return ProgressText.write(read());
  }

  /** Changes it and returns what it is now. */
  public synchronized Progress update(UnaryOperator<Progress> change) {
    try {
      Files.createDirectories(file.getParent());
      Path lock = file.resolveSibling(file.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        Progress changed = change.apply(read());
        keepAsideWhatCannotBeRead();
        Path next = Files.createTempFile(file.getParent(), "progress-", ".json");
        Files.writeString(next, Json.write(ProgressText.write(changed)) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return changed;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keepAsideWhatCannotBeRead() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try {
      Json.read(Files.readString(file));
    } catch (JacksonException e) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".unreadable"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
