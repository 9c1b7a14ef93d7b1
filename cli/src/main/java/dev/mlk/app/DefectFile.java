package dev.mlk.app;

import dev.mlk.console.Invocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The details of a defect, in a file that only the user can read. Arguments and environment are
 * left out: they may hold secrets.
 */
final class DefectFile {
  private final Invocation invocation;

  DefectFile(Invocation invocation) {
    this.invocation = invocation;
  }

  Optional<Path> write(Throwable thrown, String command) {
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    writer.println("mlk " + Version.TEXT + ", command: " + command);
    writer.println(invocation.clock().instant());
    for (String property : new String[] {"java.vendor", "java.version", "os.name", "os.arch"}) {
      writer.println(property + ": " + System.getProperty(property));
    }
    thrown.printStackTrace(writer);
    try {
      Path folder = invocation.state().resolve("defects");
      Files.createDirectories(folder);
      Path file =
          folder.getFileSystem().supportedFileAttributeViews().contains("posix")
              ? Files.createTempFile(
                  folder,
                  "defect-",
                  ".txt",
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")))
              : Files.createTempFile(folder, "defect-", ".txt");
      Files.writeString(file, text.toString());
      return Optional.of(file.toAbsolutePath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
