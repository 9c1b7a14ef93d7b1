package dev.mlk.cluster;

import dev.mlk.connect.PracticeSource;
import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Files;

/** The practice clusters of this machine's user. */
public final class PracticeClusters {
  private PracticeClusters() {}

  /** The default practice cluster. */
  public static PracticeSource.Running running(Invocation invocation) {
    ClusterFolder folder = ClusterFolder.of(invocation, ClusterFolder.DEFAULT);
    if (!Files.exists(folder.socket())) {
      throw new Problem.Unreachable(
          Explanation.of("no kubeconfig names a cluster, and the practice cluster does not run"));
    }
    return new PracticeSource.Running(folder.name(), "mlk-" + folder.name(), folder.socket());
  }
}
