package dev.mlk.practice.node.volume;

import dev.mlk.practice.node.process.SystemPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mount namespaces of Linux: each program of a container has one of its own, with the container's
 * read-only mounts in it. Root makes them as they are. Everybody else makes a user namespace around
 * it, in which they are root, and for the program another one, in which they are themselves again
 * and cannot undo the mounts.
 */
public final class MountNamespaces {
  private static final System.Logger LOG = System.getLogger(MountNamespaces.class.getName());

  /** Mounts, and goes to the working folder once more: it is another one where it is mounted. */
  private static final String SCRIPT =
      "\"$1\" -a -T \"$2\" && cd \"$3\" && unset PWD OLDPWD && shift 3 && exec \"$@\"";

  private static final String TRIAL = "(: >\"$0/trial\") 2>/dev/null && exit 1; exit 0";

  /** Other names are lost on the way through a plain shell. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * A way to make one.
   *
   * @param make options of {@code unshare}
   * @param back what to put before the program after the mounts
   */
  private record Kind(List<String> make, List<String> back) {}

  private final Path place;
  private Optional<Kind> found = Optional.empty();
  private boolean tried;

  /**
   * Namespaces that are tried out when the first one is needed.
   *
   * @param place a folder in which that is tried
   */
  public MountNamespaces(Path place) {
    this.place = place;
  }

  /** Whether this machine lets them be made. */
  public boolean possible() {
    return kind().isPresent();
  }

  /**
   * What to put before a command so that it finds what it may not write read-only; nothing where
   * there is no such thing, or no namespace can be made.
   *
   * @param folder its working folder
   * @param environment its variables
   * @param inside whether it enters other namespaces before this one, in which it has all rights
   */
  public List<String> entrance(
      ReadOnlyMounts mounts, Path folder, Map<String, String> environment, boolean inside) {
    Optional<Kind> kind = mounts.needed() ? kind() : Optional.empty();
    Optional<String> shell = shell(environment.keySet());
    if (kind.isEmpty() || shell.isEmpty()) {
      return List.of();
    }
    Kind how = inside ? new Kind(List.of("-m"), List.of()) : kind.get();
    return command(how, shell.get(), mounts, folder);
  }

  private static Optional<String> shell(Collection<String> variables) {
    return variables.stream().allMatch(name -> VARIABLE.matcher(name).matches())
        ? Optional.of("/bin/sh")
        : SystemPrograms.find("bash");
  }

  private static List<String> command(Kind kind, String shell, ReadOnlyMounts mounts, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(SystemPrograms.find("unshare").orElseThrow());
    command.addAll(kind.make());
    command.add(shell);
    if (shell.endsWith("bash")) {
      command.add("-p");
    }
    command.addAll(List.of("-c", SCRIPT, "mlk-mounts"));
    command.add(SystemPrograms.find("mount").orElseThrow());
    command.add(mounts.table().toString());
    command.add(folder.toString());
    command.addAll(kind.back());
    return command;
  }

  private synchronized Optional<Kind> kind() {
    if (!tried) {
      tried = true;
      try {
        found = tryOut();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "mount namespaces cannot be tried", e);
      }
      if (found.isEmpty()) {
        LOG.log(
            System.Logger.Level.INFO,
            "no mount namespace can be made here: read-only mounts can be written");
      }
    }
    return found;
  }

  private Optional<Kind> tryOut() throws IOException {
    if (SystemPrograms.find("unshare").isEmpty() || SystemPrograms.find("mount").isEmpty()) {
      return Optional.empty();
    }
    Path trial = Files.createTempDirectory(place, "mount-trial");
    try {
      ReadOnlyMounts mounts = new ReadOnlyMounts(trial.resolve("read-only"));
      Path there = mounts.add(Files.createDirectory(trial.resolve("source")), "");
      mounts.write();
      for (Kind kind : List.of(new Kind(List.of("-m"), List.of()), asUser(trial))) {
        List<String> command = command(kind, "/bin/sh", mounts, trial);
        command.addAll(List.of("/bin/sh", "-c", TRIAL, there.toString()));
        if (SystemPrograms.succeeds(command)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    } finally {
      Folders.delete(trial);
    }
  }

  /** The owner of a file that was just made is who runs this. */
  private static Kind asUser(Path file) throws IOException {
    Map<String, Object> owner = Files.readAttributes(file, "unix:uid,gid");
    return new Kind(
        List.of("-U", "-r", "-m"),
        List.of(
            SystemPrograms.find("unshare").orElseThrow(),
            "--map-user=" + owner.get("uid"),
            "--map-group=" + owner.get("gid")));
  }
}
