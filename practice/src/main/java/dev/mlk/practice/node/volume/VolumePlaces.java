package dev.mlk.practice.node.volume;

import java.nio.file.Path;

/**
 * Where volumes live on this machine.
 *
 * @param volumes folders of claims and of NFS servers, shared by all nodes
 * @param host the folder that stands for a node's file system in {@code hostPath} volumes
 * @param pod the pod's own folder
 */
public record VolumePlaces(Path volumes, Path host, Path pod) {
  /** A path of the node inside its folder. */
  Path onHost(String path) throws MountException {
    return inside(host, path);
  }

  /** What an NFS server exports, as a folder. */
  Path ofNfs(String server, String path) throws MountException {
    return inside(volumes.resolve("nfs").resolve(server.replaceAll("[^A-Za-z0-9._-]", "_")), path);
  }

  /** The folder of a persistent volume that lies among the shared ones, or a path of the node. */
  Path ofPersistentVolume(String path) throws MountException {
    Path absolute = Path.of(path).normalize();
    return absolute.startsWith(volumes.toAbsolutePath().normalize()) ? absolute : onHost(path);
  }

  /** A path below a folder; one that would lead out of it is refused. */
  static Path inside(Path folder, String path) throws MountException {
    Path base = folder.toAbsolutePath().normalize();
    String relative = path.startsWith("/") ? path.substring(1) : path;
    for (Path part : Path.of(relative)) {
      if (part.toString().equals("..")) {
        throw new MountException("a path may not contain \"..\": " + path);
      }
    }
    return base.resolve(relative).normalize();
  }
}
