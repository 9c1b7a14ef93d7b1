package dev.mlk.practice;

import dev.mlk.practice.node.volume.Folders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a cluster: private to its owner. */
final class ClusterFiles {
  /** A socket's path must fit the operating system's address structure. */
  private static final int LONGEST_SOCKET_PATH = 100;

  /** What is below is private by these, whatever the umask. */
  private static final List<String> PARTS = List.of("store", "pki", "volumes", "nodes", "images");

  private final Path folder;
  private final Path socket;
  private final boolean temporary;

  private ClusterFiles(Path folder, Path socket, boolean temporary) {
    this.folder = folder;
    this.socket = socket;
    this.temporary = temporary;
  }

  /** Makes the folder, private. */
  static ClusterFiles prepare(PracticeConfig.Place place) throws IOException {
    Path folder = place.folder();
    makeFolder(place);
    makePrivate(folder, "rwx------");
    for (String part : PARTS) {
      Files.createDirectories(folder.resolve(part));
      makePrivate(folder.resolve(part), "rwx------");
    }
    Path socket = folder.resolve("api.sock");
    if (socket.toString().length() > LONGEST_SOCKET_PATH) {
      socket = Files.createTempDirectory("mlk").resolve("api.sock");
    }
    return new ClusterFiles(folder, socket, place.temporary());
  }

  private static void makeFolder(PracticeConfig.Place place) throws IOException {
    Path folder = place.folder();
    if (!place.temporary()) {
      Files.createDirectories(folder);
    } else if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // It must be new, and private from the first moment: it lies where everybody may write.
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  /** Makes the file of objects private; for the one who has just opened it. */
  void makeStorePrivate() throws IOException {
    try (Stream<Path> files = Files.list(store())) {
      for (Path file : files.toList()) {
        makePrivate(file, "rw-------");
      }
    }
  }

  /** Removes the socket of an earlier run; only for the one who holds the store. */
  void removeOldSocket() throws IOException {
    Files.deleteIfExists(socket);
  }

  /** Removes the socket. */
  void removeSocket() {
    remove(
        () -> {
          Files.deleteIfExists(socket);
          if (!socket.startsWith(folder)) {
            Files.deleteIfExists(socket.getParent());
          }
        });
  }

  /** Removes a temporary cluster's folder. */
  void removeTemporary() {
    if (temporary) {
      remove(() -> Folders.delete(folder));
    }
  }

  /** Something that removes files. */
  @FunctionalInterface
  private interface Removal {
    void run() throws IOException;
  }

  private static void remove(Removal removal) {
    try {
      removal.run();
    } catch (IOException e) {
      // A dead socket file is replaced at the next start.
      System.getLogger(ClusterFiles.class.getName())
          .log(System.Logger.Level.DEBUG, "files stay", e);
    }
  }

  Path store() {
    return folder.resolve("store");
  }

  Path pki() {
    return folder.resolve("pki");
  }

  Path socket() {
    return socket;
  }

  /** Another socket beside it, by which the real API server reaches nodes, pods and Services. */
  Path egress() {
    return socket.resolveSibling("egress.sock");
  }

  Path volumes() {
    return folder.resolve("volumes");
  }

  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /**
   * The port to listen on: the one asked for, else the last one when it is free, else any.
   *
   * @throws IOException when the one asked for is in use
   */
  int port(int wanted) throws IOException {
    if (wanted != 0) {
      if (!free(wanted)) {
        throw new IOException("port " + wanted + " of 127.0.0.1 is in use");
      }
      return wanted;
    }
    Path last = folder.resolve("port");
    int port = Files.exists(last) ? Integer.parseInt(Files.readString(last).strip()) : 0;
    return port != 0 && free(port) ? port : 0;
  }

  private static boolean free(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes the port and the kubeconfig. */
  void written(int port, String kubeconfig) throws IOException {
    replace(folder.resolve("port"), Integer.toString(port));
    replace(kubeconfig(), kubeconfig);
  }

  private void replace(Path file, String text) throws IOException {
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh);
    makePrivate(fresh, "rw-------");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void makePrivate(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
