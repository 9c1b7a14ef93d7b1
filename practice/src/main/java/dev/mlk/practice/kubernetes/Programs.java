package dev.mlk.practice.kubernetes;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The programs of a control plane: a folder with etcd, kube-apiserver, kube-controller-manager and
 * kube-scheduler, as they are released, or with one program {@code kube} that acts as any of them
 * by its first argument.
 *
 * @param folder where they are
 */
public record Programs(Path folder) {
  /** The names of the four. */
  public static final List<String> NAMES =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  /** The Kubernetes that the rest of this project is made for and tested with. */
  static final String KUBERNETES_VERSION = "1.35";

  /** What stores its objects. */
  static final List<String> ETCD_VERSIONS = List.of("3.5", "3.6");

  private static final String ALL_IN_ONE = "kube";

  public Programs {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Why the programs cannot be a control plane.
   *
   * @param sentence what is wrong, with the file's name
   * @param next the command that mends it; empty when other programs are needed
   */
  public record Trouble(String sentence, String next) {}

  /** The names of those that the folder lacks. */
  public List<String> missing() {
    return NAMES.stream()
        .filter(name -> !Files.exists(folder.resolve(name)) && !allInOne())
        .toList();
  }

  private boolean allInOne() {
    return Files.isExecutable(folder.resolve(ALL_IN_ONE));
  }

  /**
   * Looks at each of them and asks it for its version.
   *
   * @return what is wrong; empty when they are a control plane that this machine can run
   * @throws InterruptedIOException when the thread is interrupted meanwhile
   */
  public List<Trouble> troubles() throws InterruptedIOException {
    if (!Files.isDirectory(folder)) {
      boolean file = Files.exists(folder);
      return List.of(new Trouble(folder + (file ? " is no folder" : " does not exist"), ""));
    }
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      return List.of(new Trouble("no " + String.join(", no ", missing) + " in " + folder, ""));
    }
    List<Trouble> troubles = new ArrayList<>();
    for (String name : NAMES) {
      Path program = folder.resolve(name);
      if (Files.exists(program) && !Files.isExecutable(program) && !allInOne()) {
        troubles.add(new Trouble(program + " is not executable", "chmod +x " + program));
      }
    }
    return troubles.isEmpty() ? versions() : troubles;
  }

  /** All at once: a start waits for the answers. */
  private List<Trouble> versions() throws InterruptedIOException {
    List<FutureTask<Optional<Trouble>>> checks = new ArrayList<>();
    for (String name : NAMES) {
      checks.add(new FutureTask<>(new ProgramCheck(name, command(name))::trouble));
      Thread.ofVirtual().start(checks.getLast());
    }
    List<Trouble> troubles = new ArrayList<>();
    try {
      for (FutureTask<Optional<Trouble>> check : checks) {
        check.get().ifPresent(troubles::add);
      }
      return troubles;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the programs told their versions");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** How to start one of them: the program and its first arguments. */
  List<String> command(String name) {
    Path program = folder.resolve(name);
    return Files.isExecutable(program)
        ? List.of(program.toString())
        : List.of(folder.resolve(ALL_IN_ONE).toString(), name);
  }
}
