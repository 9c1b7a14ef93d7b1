package dev.mlk.practice.pki;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that nobody but their owner may read, whatever the umask. */
public final class PrivateFile {
  private PrivateFile() {}

  /** Writes a file anew. */
  public static void write(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    createIfAbsent(file);
    Files.writeString(file, content, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Makes an empty file, private from its first moment; one that is there stays as it is. */
  public static void createIfAbsent(Path file) throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      // Whoever made it chose who may read it.
      return;
    }
  }
}
