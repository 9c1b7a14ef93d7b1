package dev.mlk.course.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** What is on a volume, on which programs may write and delete while one looks. */
final class VolumeFiles {
  private static final int MOST = 20_000;
  private static final int EVERY_LEVEL = Integer.MAX_VALUE;

  private VolumeFiles() {}

  /** The files below a folder, sorted, and no more than 20,000 of them. */
  static List<Path> files(Path root) {
    return walk(root, EVERY_LEVEL, false);
  }

  /** The folders below a folder and itself, down to a level, sorted. */
  static List<Path> folders(Path root, int levels) {
    return walk(root, levels, true);
  }

  private static List<Path> walk(Path root, int levels, boolean folders) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          EnumSet.noneOf(FileVisitOption.class),
          levels,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return take(folder, folders);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              // At the last level folders are visited like files.
              return take(file, folders ? attributes.isDirectory() : attributes.isRegularFile());
            }

            private FileVisitResult take(Path path, boolean wanted) {
              if (wanted) {
                found.add(path);
              }
              return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              // Gone since its folder was read.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException e) {
              // The same of a folder.
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Collections.sort(found);
    return found;
  }
}
