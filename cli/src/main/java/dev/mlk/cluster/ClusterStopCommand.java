package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk cluster stop}. */
@Command(
    name = "stop",
    description = "Stop the practice cluster; its objects stay",
    footer = {"", "Examples:", "  mlk cluster stop", "  mlk cluster stop --name other"})
final class ClusterStopCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
  private String name = ClusterFolder.DEFAULT;

  @Option(names = "--all", description = "All clusters of this user.")
  private boolean all;

  private final Invocation invocation;

  ClusterStopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    Clusters clusters = new Clusters(invocation);
    List<String> names = all ? clusters.names() : List.of(name);
    for (String one : names) {
      ClusterFolder folder = ClusterFolder.of(invocation, one);
      boolean ran = clusters.stop(folder);
      if (invocation.options().output().machine()) {
        new Printer(invocation)
            .document(ClusterReport.of(clusters, folder).json().put("stoppedNow", ran));
      } else {
        invocation
            .console()
            .print("Practice cluster \"" + one + (ran ? "\" stopped." : "\" was not running."));
      }
    }
    return 0;
  }
}
