package dev.mlk.practice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The folder of a cluster: private to its owner. */
final class ClusterFiles {
  /** A socket's path must fit the operating system's address structure. */
  private static final int LONGEST_SOCKET_PATH = 100;

  private final Path folder;
  private final Path socket;

  private ClusterFiles(Path folder, Path socket) {
    this.folder = folder;
    this.socket = socket;
  }

  /** Makes the folder, private, and removes the socket of an earlier run. */
  static ClusterFiles prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    makePrivate(folder, "rwx------");
    Path socket = folder.resolve("api.sock");
    if (socket.toString().length() > LONGEST_SOCKET_PATH) {
      socket = Files.createTempDirectory("mlk").resolve("api.sock");
    }
    Files.deleteIfExists(socket);
    return new ClusterFiles(folder, socket);
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

  Path volumes() {
    return folder.resolve("volumes");
  }

  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /** The port to listen on: the one asked for, else the last one when it is free, else any. */
  int port(int wanted) throws IOException {
    Path last = folder.resolve("port");
    if (wanted != 0 || !Files.exists(last)) {
      return wanted;
    }
    int port = Integer.parseInt(Files.readString(last).strip());
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Notes the port and the kubeconfig. */
  void written(int port, String kubeconfig) throws IOException {
    replace(folder.resolve("port"), Integer.toString(port));
    replace(kubeconfig(), kubeconfig);
  }

  void removeSocket() {
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      // A dead socket file is replaced at the next start.
      System.getLogger(ClusterFiles.class.getName())
          .log(System.Logger.Level.DEBUG, "socket file stays", e);
    }
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
