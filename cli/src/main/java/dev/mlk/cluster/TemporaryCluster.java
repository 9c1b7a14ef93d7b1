package dev.mlk.cluster;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.format.Json;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A practice cluster of its own, in a folder of its own; nothing of it is left when it is closed,
 * nor when the process that started it is killed.
 */
public final class TemporaryCluster implements AutoCloseable {
  /** The file that says that a home is to go with its cluster. */
  private static final String MARK = "temporary";

  private final Path home;
  private final Invocation inside;
  private final Thread interrupted;
  private final ClusterProcess process;

  private TemporaryCluster(Path home, Invocation inside, ClusterFolder folder) {
    this.home = home;
    this.inside = inside;
    this.process = new ClusterProcess(folder, true);
    this.interrupted = new Thread(this::remove, "temporary-cluster");
  }

  /**
   * Starts one with the usual nodes.
   *
   * @param engine its engine; empty for the built-in one
   * @param programs the folder of the real control plane's programs; empty: built, if need be
   */
  public static TemporaryCluster start(Invocation invocation, String engine, String programs) {
    Engine wanted = Engine.wanted(engine, programs, Engine.DEFAULT, invocation.directory());
    // Built with the user's own home, where the programs are kept for the next time.
    Engine ready = wanted.real() ? new KubernetesPrograms(invocation).complete(wanted) : wanted;
    try {
      Path home = Files.createTempDirectory("mlk-");
      Map<String, String> environment = new HashMap<>(invocation.environment());
      environment.put("MLK_HOME", home.toString());
      ClusterFolder folder =
          new ClusterFolder(
              ClusterFolder.DEFAULT, home.resolve("clusters").resolve(ClusterFolder.DEFAULT));
      environment.put("KUBECONFIG", folder.kubeconfig().toString());
      environment.put("HOME", home.toString());
      Invocation inside =
          new Invocation(
              invocation.console(), GlobalOptions.NONE, environment, home, invocation.clock());
      TemporaryCluster cluster = new TemporaryCluster(home, inside, folder);
      // Whoever interrupts the command wants nothing of it to go on.
      Runtime.getRuntime().addShutdownHook(cluster.interrupted);
      cluster.start(folder, ClusterSettings.DEFAULT.with(ready));
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(ClusterFolder folder, ClusterSettings settings) throws IOException {
    Files.createFile(home.resolve(MARK));
    PrivateFiles.createFolder(folder.path());
    PrivateFiles.replace(folder.config(), Json.writeLine(settings.json()));
    String trouble = process.start(inside.environment(), inside::note);
    if (!trouble.isEmpty()) {
      throw new Problem.Unreachable(
          Explanation.of("a practice cluster to try on did not start")
              .because(trouble.strip().lines().toList()));
    }
  }

  /** Removes what is left of one whose owner is gone. */
  static void remove(ClusterFolder folder) throws IOException {
    Path home = folder.path().getParent().getParent();
    // Nobody's own home is removed, whatever the options were.
    if (Files.exists(home.resolve(MARK))) {
      Folders.delete(home);
    }
  }

  /** What a command gets that runs with this cluster as its only one. */
  public Invocation inside() {
    return inside;
  }

  /** The owner's kubeconfig. */
  public Path kubeconfig() {
    return ClusterFolder.of(inside, ClusterFolder.DEFAULT).kubeconfig();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // The JVM is on its way out, and the hook does what is left to do.
      return;
    }
    remove();
  }

  private void remove() {
    new Clusters(inside).stop(ClusterFolder.of(inside, ClusterFolder.DEFAULT));
    try {
      process.release();
      Folders.delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
