package dev.mlk.course.read;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A pack in an archive of strangers: only files and folders come out of it, only below one folder,
 * and only so many.
 */
final class Archive {
  private static final int MOST_FILES = 5000;
  private static final long MOST_BYTES = 64L << 20;

  private final Path file;
  private int files;
  private long bytes;

  Archive(Path file) {
    this.file = file;
  }

  /** Unpacks it once, into a folder named after its content, and returns the pack's folder. */
  Path unpack(Path below) {
    try {
      Path target = below.resolve(digest());
      if (!Files.isDirectory(target)) {
        Files.createDirectories(below);
        Path work = Files.createTempDirectory(below, "unpacking-");
        try {
          fill(work);
          publish(work, target);
        } finally {
          delete(work);
        }
      }
      return inner(target);
    } catch (IOException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static void publish(Path work, Path target) throws IOException {
    try {
      Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  /** Many archives hold one folder that holds everything. */
  private static Path inner(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      List<Path> all = list.toList();
      boolean wrapped =
          all.size() == 1
              && Files.isDirectory(all.getFirst())
              && !Files.exists(all.getFirst().resolve("module.yaml"));
      return wrapped ? all.getFirst() : folder;
    }
  }

  private void fill(Path work) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".zip")) {
      try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          if (!entry.isDirectory()) {
            write(work, entry.getName(), zip);
          }
        }
      }
    } else if (name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
      TarFiles.read(file, (entry, content) -> write(work, entry, content));
    } else {
      throw bad("its name ends in neither .zip nor .tgz");
    }
    if (files == 0) {
      throw bad("there are no files in it");
    }
  }

  private void write(Path work, String name, InputStream content) throws IOException {
    Path target = inside(work, name);
    if (++files > MOST_FILES) {
      throw bad("it has more than " + MOST_FILES + " files");
    }
    Files.createDirectories(target.getParent());
    byte[] all = content.readNBytes((int) Math.min(MOST_BYTES - bytes + 1, Integer.MAX_VALUE));
    bytes += all.length;
    if (bytes > MOST_BYTES) {
      throw bad("it holds more than " + (MOST_BYTES >> 20) + " MB");
    }
    Files.write(target, all);
  }

  private Path inside(Path work, String name) {
    try {
      Path target = work.resolve(name).normalize();
      if (target.startsWith(work) && !target.equals(work) && name.indexOf('\\') < 0) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw bad("it has a file with an impossible name");
    }
    throw bad("the file " + name + " in it would be written outside of its folder");
  }

  private String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file))).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private Problem bad(String why) {
    return new Problem.BadInput(
        Explanation.of("the pack " + file.getFileName() + " cannot be used").because(why));
  }
}
