package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk cluster reset}. */
@Command(
    name = "reset",
    description = "Empty the practice cluster: all objects, volumes and logs are lost",
    footer = {
      "",
      "Asks first; --yes answers. A running cluster is started again, empty.",
      "",
      "Examples:",
      "  mlk cluster reset",
      "  mlk cluster reset --name other --yes"
    })
final class ClusterResetCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
  private String name = ClusterFolder.DEFAULT;

  private final Invocation invocation;

  ClusterResetCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    ClusterFolder folder = ClusterFolder.of(invocation, name);
    if (!Files.isDirectory(folder.path())) {
      throw new Problem.NotFound(
          Explanation.of("no practice cluster \"" + name + "\"")
              .because(folder.path() + " does not exist")
              .next("mlk cluster status"));
    }
    invocation.confirm("Delete everything in the practice cluster \"" + name + "\"?");
    Clusters clusters = new Clusters(invocation);
    boolean ran = clusters.stop(folder);
    clusters.empty(folder);
    if (ran) {
      clusters.start(folder, Optional.empty());
    }
    invocation
        .console()
        .print("Practice cluster \"" + name + "\" is empty" + (ran ? " and running again." : "."));
    return 0;
  }
}
