package dev.mlk.practice.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a volume made from API objects. They lie in a folder of their own behind the link
 * {@code ..data}, which is exchanged at once when they change, so that readers see all old or all
 * new files.
 */
final class ProjectedFiles {
  /** A file's content and its permission bits. */
  record File(byte[] content, int mode) {
    boolean same(File other) {
      return mode == other.mode && Arrays.equals(content, other.content);
    }
  }

  private final Map<String, File> files = new LinkedHashMap<>();

  void add(String path, byte[] content, int mode) throws MountException {
    Path relative = Path.of(path);
    if (relative.isAbsolute() || !relative.normalize().equals(relative) || path.startsWith("..")) {
      throw new MountException("invalid path of a volume's item: " + path);
    }
    files.put(path, new File(content, mode));
  }

  boolean same(ProjectedFiles other) {
    return files.keySet().equals(other.files.keySet())
        && files.entrySet().stream().allMatch(e -> e.getValue().same(other.files.get(e.getKey())));
  }

  /** Writes the files into the volume's folder. */
  void write(Path volume, long version) throws IOException {
    Path data = volume.resolve("..data_" + version);
    Files.createDirectories(data);
    Set<String> tops = new TreeSet<>();
    for (Map.Entry<String, File> entry : files.entrySet()) {
      Path file = data.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue().content());
      Files.setPosixFilePermissions(file, permissions(entry.getValue().mode()));
      tops.add(Path.of(entry.getKey()).getName(0).toString());
    }
    Path link = volume.resolve("..data");
    Path next = volume.resolve("..data_tmp");
    Files.deleteIfExists(next);
    Path before = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
    Files.createSymbolicLink(next, data.getFileName());
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    for (String top : tops) {
      Path visible = volume.resolve(top);
      if (!Files.isSymbolicLink(visible)) {
        Files.createSymbolicLink(visible, Path.of("..data", top));
      }
    }
    try (var entries = Files.newDirectoryStream(volume)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith("..data") && !tops.contains(name)) {
          Files.deleteIfExists(entry);
        }
      }
    }
    // What a container has put in the link's place is not what was written here before.
    if (before != null
        && before.toString().matches("\\.\\.data_[0-9]+")
        && !before.equals(data.getFileName())) {
      Folders.delete(volume.resolve(before));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int bit = 0; bit < 9; bit++) {
      if ((mode & (0400 >> bit)) != 0) {
        permissions.add(all[bit]);
      }
    }
    // Whoever may not write it may still exchange it: the owner always reads.
    permissions.add(PosixFilePermission.OWNER_READ);
    return permissions;
  }
}
