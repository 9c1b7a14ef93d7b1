package dev.mlk.practice.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

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
    String name = server.replaceAll("[^A-Za-z0-9._-]", "_");
    return inside(volumes.resolve("nfs").resolve(name.matches("\\.+") ? "_" : name), path);
  }

  /** The folder of a persistent volume that lies among the shared ones, or a path of the node. */
  Path ofPersistentVolume(String path) throws MountException {
    Path absolute = Path.of(path).normalize();
    Path shared = volumes.toAbsolutePath().normalize();
    return absolute.startsWith(shared)
        ? inside(shared, shared.relativize(absolute).toString())
        : onHost(path);
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
    Path inside = base.resolve(relative).normalize();
    requireInside(inside, List.of(base), path);
    return inside;
  }

  /**
   * Refuses a path that a link on its way leads out of the folders: a container may have put it
   * there, and whoever follows it is the cluster's owner.
   */
  static void requireInside(Path path, List<Path> folders, String shown) throws MountException {
    Path there = path;
    while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = there.getParent();
    }
    try {
      for (Path folder : folders) {
        if (!Files.exists(folder) ? folder.startsWith(there) : within(there, folder)) {
          return;
        }
      }
    } catch (IOException e) {
      throw new MountException("the path \"" + shown + "\" cannot be followed: " + e.getMessage());
    }
    throw new MountException("the path \"" + shown + "\" leads out of its volume");
  }

  private static boolean within(Path path, Path folder) throws IOException {
    return path.toRealPath().startsWith(folder.toRealPath());
  }
}
