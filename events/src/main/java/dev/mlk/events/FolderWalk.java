package dev.mlk.events;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds the event files below a folder. Every folder is read once, by the way that has no link
 * where there is one; so a link that leads up ends nothing.
 */
final class FolderWalk {
  private final Path root;
  private final Consumer<Damage> damage;
  private final Set<Object> seen = new HashSet<>();
  private final Deque<Path> folders = new ArrayDeque<>();
  private final Deque<Path> links = new ArrayDeque<>();
  private final SortedMap<String, SortedSet<Path>> found = new TreeMap<>();

  private FolderWalk(Path root, Consumer<Damage> damage) {
    this.root = root;
    this.damage = damage;
  }

  /** The event files by the names of their runs. */
  static SortedMap<String, SortedSet<Path>> find(Path root, Consumer<Damage> damage) {
    FolderWalk walk = new FolderWalk(root, damage);
    if (Files.isRegularFile(root)) {
      walk.found.put(".", new TreeSet<>(List.of(root)));
    } else {
      walk.folders.add(root);
      walk.all();
    }
    return walk.found;
  }

  /** Whether TensorBoard would take a file of this name for one with summaries. */
  private static boolean isEventFile(String name) {
    return name.contains("tfevents") && !name.endsWith(".profile-empty");
  }

  private void all() {
    while (true) {
      Path folder = folders.isEmpty() ? links.poll() : folders.poll();
      if (folder == null) {
        return;
      }
      try {
        BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
        Object key = attributes.fileKey() == null ? folder.toRealPath() : attributes.fileKey();
        if (seen.add(key)) {
          list(folder);
        }
      } catch (NoSuchFileException e) {
        // It went away while the folder above was read, or a link leads nowhere.
      } catch (IOException e) {
        damage.accept(new Damage(folder, 0, Damage.What.UNREADABLE, reason(e)));
      }
    }
  }

  private void list(Path folder) throws IOException {
    List<Path> inside = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(inside::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    inside.sort(null);
    for (Path entry : inside) {
      if (isEventFile(entry.getFileName().toString()) && Files.isRegularFile(entry)) {
        found.computeIfAbsent(name(folder), name -> new TreeSet<>()).add(entry);
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        folders.add(entry);
      } else if (Files.isSymbolicLink(entry) && Files.isDirectory(entry)) {
        links.add(entry);
      }
    }
  }

  private String name(Path folder) {
    String relative = root.relativize(folder).toString().replace('\\', '/');
    return relative.isEmpty() ? "." : relative;
  }

  /** What the system says, without the path that stands beside it anyway. */
  static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    int colon = message.lastIndexOf(": ");
    return colon < 0 ? kind : message.substring(colon + 2);
  }
}
