package dev.mlk.cluster;

import dev.mlk.connect.PracticeSource;
import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The practice clusters of this machine's user, for commands that just need one. */
public final class PracticeClusters {
  private PracticeClusters() {}

  /** The default practice cluster; when it does not run, it is started, and a line says so. */
  public static PracticeSource.Running running(Invocation invocation) {
    ClusterFolder folder = ClusterFolder.of(invocation, ClusterFolder.DEFAULT);
    if (answers(folder.socket())) {
      return at(folder, folder.socket());
    }
    Clusters clusters = new Clusters(invocation);
    Optional<RunningCluster> running = clusters.running(folder);
    if (running.isEmpty()) {
      invocation.note(
          "No kubeconfig names a cluster: starting the practice cluster on this machine"
              + " (mlk cluster status tells about it, mlk cluster stop ends it).");
      clusters.start(folder, Optional.empty());
      running = clusters.running(folder);
    }
    return at(
        folder,
        running
            .map(RunningCluster::socket)
            .orElseThrow(
                () ->
                    new Problem.Unreachable(
                        Explanation.of("the practice cluster ended as soon as it had started")
                            .next("look into " + folder.log()))));
  }

  /** The default practice cluster, which is not started for this. */
  public static PracticeSource.Running runningAlready(Invocation invocation) {
    ClusterFolder folder = ClusterFolder.of(invocation, ClusterFolder.DEFAULT);
    return new Clusters(invocation)
        .running(folder)
        .map(cluster -> at(folder, cluster.socket()))
        .orElseThrow(
            () -> new Problem.Unreachable(Explanation.of("the practice cluster does not run")));
  }

  /** Whether the practice cluster of that name runs the TFJob operator in its process. */
  public static boolean runsOperator(Invocation invocation, String name) {
    return ClusterSettings.read(ClusterFolder.of(invocation, name).config())
        .map(ClusterSettings::operator)
        .orElse(ClusterSettings.DEFAULT.operator());
  }

  /** The folder of the practice cluster of that name. */
  public static Path folder(Invocation invocation, String name) {
    return ClusterFolder.of(invocation, name).path();
  }

  /** The names of all clusters that were ever started. */
  public static List<String> names(Invocation invocation) {
    return new Clusters(invocation).names();
  }

  private static PracticeSource.Running at(ClusterFolder folder, Path socket) {
    return new PracticeSource.Running(folder.name(), "mlk-" + folder.name(), socket);
  }

  /** Whether somebody listens; a cluster that was killed leaves its socket's file behind. */
  private static boolean answers(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }
}
