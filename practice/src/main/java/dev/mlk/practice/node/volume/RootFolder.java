package dev.mlk.practice.node.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * What a container sees as its file system: a folder with a link for each of its mounts. As the
 * process sees the machine's root all the same, its paths are translated in arguments and values.
 */
public final class RootFolder {
  /** Where containers write without a volume; each has its own. */
  private static final List<String> OWN = List.of("/tmp", "/root", "/workspace");

  private final Path root;
  private final List<String> mounts = new ArrayList<>();
  private final List<Path> sources = new ArrayList<>();
  private final ReadOnlyMounts readOnly;

  private RootFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.readOnly = new ReadOnlyMounts(this.root.resolveSibling("read-only"));
  }

  /**
   * Makes the folder with all mounts of a container.
   *
   * @param files small files that the image brings along, by path
   * @param expand puts variables into a {@code subPathExpr}
   * @throws MountException when a mount cannot be made
   */
  public static RootFolder make(
      Path folder,
      JsonNode container,
      PodVolumes volumes,
      Map<String, String> files,
      UnaryOperator<String> expand)
      throws MountException, IOException {
    RootFolder root = new RootFolder(folder);
    Files.createDirectories(root.root);
    root.readOnly.clear();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = VolumePlaces.inside(root.root, file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    List<JsonNode> mounts = new ArrayList<>();
    container.path("volumeMounts").forEach(mounts::add);
    // A mount inside another mount comes after it.
    mounts.sort(Comparator.comparing(mount -> mount.path("mountPath").asString("")));
    for (JsonNode mount : mounts) {
      root.mount(mount, volumes, expand);
    }
    for (String path : OWN) {
      if (!root.mounts.contains(path)) {
        Files.createDirectories(root.root.resolve(path.substring(1)));
        root.mounts.add(path);
      }
    }
    String message = container.path("terminationMessagePath").asString("/dev/termination-log");
    root.mounts.add(message);
    Path words = root.checked(message);
    Files.createDirectories(words.getParent());
    Files.write(
        words,
        new byte[0],
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
    root.readOnly.write();
    root.addParents();
    // The longest path first: what lies inside a mount is not the mount.
    root.mounts.sort(Comparator.comparingInt(String::length).reversed());
    return root;
  }

  private void mount(JsonNode mount, PodVolumes volumes, UnaryOperator<String> expand)
      throws MountException, IOException {
    String name = mount.path("name").asString("");
    String expression = mount.path("subPathExpr").asString("");
    String subPath =
        expression.isEmpty() ? mount.path("subPath").asString("") : expand.apply(expression);
    Path source =
        subPath.isEmpty()
            ? volumes.path(name)
            : subPath(name, volumes, subPath, root.resolveSibling("subpaths"));
    String mountPath = mount.path("mountPath").asString("").replaceAll("/+$", "");
    Path link = checked(mountPath);
    sources.add(source);
    if (link.equals(root)) {
      throw new MountException("a volume cannot be mounted at \"/\"");
    }
    boolean writable = !mount.path("readOnly").asBoolean(false) && !volumes.readOnly(name);
    Path target = writable ? source : readOnly.add(source, mountPath);
    if (!insideMount(mountPath)) {
      Files.createDirectories(link.getParent());
      replace(link, target);
    } else if (!Files.exists(link)) {
      // It shows in the volume around it, as an empty folder does on a real node.
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, target);
    } else if (!writable && !Files.isSymbolicLink(link)) {
      readOnly.cover(source, link.toRealPath());
    }
    mounts.add(mountPath.startsWith("/") ? mountPath : "/" + mountPath);
  }

  /** A folder that is only there because something is mounted in it belongs to the container. */
  private void addParents() {
    Set<String> parents = new TreeSet<>();
    for (String mount : mounts) {
      int slash = mount.lastIndexOf('/');
      while (slash > 0) {
        String parent = mount.substring(0, slash);
        if (!Files.exists(Path.of(parent), LinkOption.NOFOLLOW_LINKS)) {
          parents.add(parent);
        }
        slash = parent.lastIndexOf('/');
      }
    }
    parents.removeAll(mounts);
    mounts.addAll(parents);
  }

  private static Path subPath(String volume, PodVolumes volumes, String subPath, Path copies)
      throws MountException, IOException {
    Path source = VolumePlaces.inside(volumes.path(volume), subPath);
    if (!Files.exists(source)) {
      Files.createDirectories(source);
    }
    if (!volumes.followsObjects(volume)) {
      return source;
    }
    // What is mounted by a sub path stays as it was when the container started.
    Path copy = VolumePlaces.inside(copies.resolve(volume), subPath);
    Folders.delete(copy);
    Files.createDirectories(copy.getParent());
    Folders.copy(source.toRealPath(), copy);
    return copy;
  }

  private boolean insideMount(String path) {
    return mounts.stream().anyMatch(mount -> path.startsWith(mount + "/"));
  }

  private static void replace(Path link, Path source) throws IOException {
    if (Files.isSymbolicLink(link)) {
      Files.delete(link);
    } else {
      Folders.delete(link);
    }
    Files.createSymbolicLink(link, source);
  }

  /** The folder itself. */
  public Path path() {
    return root;
  }

  /** Those of its mounts that it may not write. */
  public ReadOnlyMounts readOnly() {
    return readOnly;
  }

  /** A path of the container on this machine; above its root there is nothing. */
  public Path local(String path) {
    return root.resolve(Path.of("/" + path).normalize().toString().substring(1));
  }

  /**
   * The same, for whoever is going to read or write there.
   *
   * @throws MountException when a link leads out of what the container has
   */
  public Path checked(String path) throws MountException {
    Path local = local(path);
    List<Path> own = new ArrayList<>(sources);
    own.add(root);
    VolumePlaces.requireInside(local, own, path);
    return local;
  }

  /**
   * The text with every path replaced that lies in a mount: {@code --dir=/data/x} becomes {@code
   * --dir=<root>/data/x}. Where a path begins and ends is told by the letters around it.
   */
  public String translate(String text) {
    if (text.indexOf('/') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length() + 64);
    int at = 0;
    while (at < text.length()) {
      String mount = text.charAt(at) == '/' && begins(text, at) ? mountAt(text, at) : "";
      if (mount.isEmpty()) {
        result.append(text.charAt(at));
        at++;
      } else {
        result.append(root).append(mount);
        at += mount.length();
      }
    }
    return result.toString();
  }

  private String mountAt(String text, int at) {
    for (String mount : mounts) {
      int end = at + mount.length();
      if (text.startsWith(mount, at)
          && (end == text.length() || !inName(text.charAt(end)) || endsSentence(text, end))) {
        return mount;
      }
    }
    return "";
  }

  private static boolean begins(String text, int at) {
    return at == 0 || !(inName(text.charAt(at - 1)) || "/~)}*".indexOf(text.charAt(at - 1)) >= 0);
  }

  private static boolean endsSentence(String text, int end) {
    return text.charAt(end) == '.' && (end + 1 == text.length() || text.charAt(end + 1) == ' ');
  }

  private static boolean inName(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_' || letter == '-' || letter == '.';
  }
}
