package dev.mlk.practice.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The mounts that a container may not write. Each has a place of its own below a folder: for this
 * machine a link to what is mounted. In a mount namespace the same folder is covered by one in
 * which the links are mount points, and what is mounted lies on them, read-only. So a volume may be
 * mounted twice, once to be written and once not, and the agent, which is outside, finds every
 * file.
 */
public final class ReadOnlyMounts {
  /** Every pod has this mount; it alone is not worth the milliseconds that a namespace takes. */
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final Path places;
  private final Path points;
  private final Path table;
  private final List<Path> sources = new ArrayList<>();
  private final StringBuilder others = new StringBuilder();
  private boolean needed;

  ReadOnlyMounts(Path folder) {
    places = folder.resolve("mounts");
    points = folder.resolve("points");
    table = folder.resolve("fstab");
  }

  /** Removes what an earlier run of the container has left. */
  void clear() throws IOException {
    Folders.delete(places.getParent());
  }

  /** The place of one more; what lies at {@code source} is there and may not be written. */
  Path add(Path source, String mountPath) throws IOException {
    needed |= !isAccount(mountPath);
    Files.createDirectories(places);
    Files.createDirectories(points);
    String name = Integer.toString(sources.size());
    sources.add(source);
    Path point = points.resolve(name);
    if (Files.isDirectory(source)) {
      Files.createDirectory(point);
    } else {
      Files.createFile(point);
    }
    return Files.createSymbolicLink(places.resolve(name), source);
  }

  /** Puts one over what is at a place already, in a volume that is mounted around it. */
  void cover(Path source, Path target) {
    needed = true;
    line(others, source, target, "bind,ro");
  }

  /** Writes what is to be mounted where, for {@code mount}. */
  void write() throws IOException {
    if (!needed) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    line(lines, points, places, "bind");
    for (int i = 0; i < sources.size(); i++) {
      line(lines, sources.get(i), places.resolve(Integer.toString(i)), "bind,ro");
    }
    Files.writeString(table, lines.append(others));
  }

  private static void line(StringBuilder lines, Path source, Path target, String options) {
    lines.append(escaped(source)).append(' ').append(escaped(target));
    lines.append(" none ").append(options).append(" 0 0\n");
  }

  /** Blanks and what else has a meaning in the table, as fstab(5) has them. */
  private static String escaped(Path path) {
    StringBuilder text = new StringBuilder();
    for (char letter : path.toString().toCharArray()) {
      if (letter <= ' ' || letter == '\\' || letter == '#') {
        text.append('\\').append(Integer.toOctalString(0x200 | letter).substring(1));
      } else {
        text.append(letter);
      }
    }
    return text.toString();
  }

  /** Whether a namespace is worth its while. */
  boolean needed() {
    return needed;
  }

  /** Whether it is the mount by which every pod has its service account. */
  public static boolean isAccount(String mountPath) {
    return mountPath.equals(ACCOUNT);
  }

  /** The table of what is to be mounted where, as fstab(5) describes it. */
  Path table() {
    return table;
  }
}
