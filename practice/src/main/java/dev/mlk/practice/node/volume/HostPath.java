package dev.mlk.practice.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at a path of a node before it is mounted, as the type of the volume wants it. */
final class HostPath {
  private HostPath() {}

  /**
   * The path, made where its type says so.
   *
   * @param local where it is on this machine
   * @param shown what the pod calls it
   * @throws MountException in the kubelet's words when it is not what it should be
   */
  static Path check(Path local, String shown, String type) throws MountException, IOException {
    switch (type) {
      case "Directory" -> require(Files.isDirectory(local), shown, "directory");
      case "File" -> require(Files.isRegularFile(local), shown, "file");
      case "Socket" -> require(special(local), shown, "socket file");
      case "CharDevice" -> require(special(local), shown, "character device");
      case "BlockDevice" -> require(special(local), shown, "block device");
      case "FileOrCreate" -> {
        if (!Files.exists(local)) {
          Files.createDirectories(local.getParent());
          Files.createFile(local);
        }
        require(Files.isRegularFile(local), shown, "file");
      }
      case "DirectoryOrCreate" -> {
        make(local);
        require(Files.isDirectory(local), shown, "directory");
      }
      default -> make(local);
    }
    return local;
  }

  private static void require(boolean holds, String path, String what) throws MountException {
    if (!holds) {
      throw new MountException("hostPath type check failed: " + path + " is not a " + what);
    }
  }

  /** The folder that stands for a node's file system has no devices; a socket may be put there. */
  private static boolean special(Path path) throws IOException {
    return Files.exists(path)
        && Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).isOther();
  }

  private static void make(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
    }
  }
}
