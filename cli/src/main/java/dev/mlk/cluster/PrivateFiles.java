package dev.mlk.cluster;

import dev.mlk.practice.pki.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner can read. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes the folder and those above it. */
  static void createFolder(Path folder) throws IOException {
    if (posix(folder)) {
      Files.createDirectories(folder, permissions("rwx------"));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } else {
      Files.createDirectories(folder);
    }
  }

  /** Makes an empty file, unless it is there, and makes it private if it was made otherwise. */
  static void create(Path file) throws IOException {
    PrivateFile.createIfAbsent(file);
    if (posix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /** Writes the file whole or not at all. */
  static void replace(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh =
        posix(folder)
            ? Files.createTempFile(
                folder, "." + file.getFileName(), ".new", permissions("rw-------"))
            : Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      Files.writeString(fresh, text, StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
