package dev.mlk.cluster;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes the user's kubeconfig with kubectl's own lock file held, whole or not at all, and keeps
 * the text before the change beside it.
 */
final class KubeconfigMerge {
  /** What the name of the copy of the text before the last change ends in. */
  static final String BACKUP = ".mlk-backup";

  private final Path file;

  /** Changes that file; where it is a link, the file that it leads to. */
  KubeconfigMerge(Path file) throws IOException {
    this.file = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
  }

  /** The file itself. */
  Path file() {
    return file;
  }

  /** Makes the change; returns the text after it. */
  KubeconfigText change(UnaryOperator<KubeconfigText> change) throws IOException {
    if (!Files.isDirectory(file.getParent())) {
      PrivateFiles.createFolder(file.getParent());
    }
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createFile(lock);
    } catch (FileAlreadyExistsException e) {
      throw new Problem.Conflict(
          Explanation.of("somebody else is changing " + file)
              .because(lock + " is there")
              .next("try again; if nobody is, remove that file"));
    }
    try {
      boolean there = Files.exists(file);
      String before = there ? Files.readString(file) : "";
      KubeconfigText after = change.apply(new KubeconfigText(before, file.toString()));
      if (after.text().equals(before)) {
        return after;
      }
      if (there) {
        PrivateFiles.replace(file.resolveSibling(file.getFileName() + BACKUP), before);
      }
      replace(after.text(), there);
      return after;
    } finally {
      Files.deleteIfExists(lock);
    }
  }

  private void replace(String text, boolean there) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> permissions =
        there && posix ? Files.getPosixFilePermissions(file) : Set.of();
    PrivateFiles.replace(file, text);
    if (!permissions.isEmpty()) {
      Files.setPosixFilePermissions(file, permissions);
    }
  }
}
