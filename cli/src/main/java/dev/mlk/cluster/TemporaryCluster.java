package dev.mlk.cluster;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.practice.node.volume.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A practice cluster of its own, in a folder of its own; nothing of it is left when it is closed.
 */
public final class TemporaryCluster implements AutoCloseable {
  private final Path home;
  private final Invocation inside;
  private final Thread interrupted;

  private TemporaryCluster(Path home, Invocation inside) {
    this.home = home;
    this.inside = inside;
    this.interrupted = new Thread(this::remove, "temporary-cluster");
  }

  /** Starts one with the usual nodes. */
  public static TemporaryCluster start(Invocation invocation) {
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
      TemporaryCluster cluster = new TemporaryCluster(home, inside);
      // Whoever interrupts the command wants nothing of it to go on.
      Runtime.getRuntime().addShutdownHook(cluster.interrupted);
      new Clusters(inside).start(folder, Optional.empty());
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      Folders.delete(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
