package dev.mlk.gpu.overview;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk gpu top}. */
@Command(
    name = "top",
    description = "Show where the GPUs are, who has them, and what waits for them",
    footer = {
      "",
      "A row a node and a row a pod: GPUs allocated, how busy they are and since when they",
      "are not (where a DCGM exporter runs), CPU and memory (where the metrics API is), owner",
      "and queue; then what waits for GPUs, why, and which pod's end would free enough.",
      "What you may not read is ?, and a line below names the right.",
      "",
      "Examples:",
      "  mlk gpu top",
      "  mlk gpu top -A",
      "  mlk gpu top -n team-a -o wide",
      "  mlk gpu top -A -o json"
    })
public final class GpuTopCommand implements Callable<Integer> {
  @Option(
      names = {"-A", "--all-namespaces"},
      description = "The pods of all namespaces")
  private boolean all;

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public GpuTopCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      String namespace = all ? "" : connection.namespace();
      Reader reader = new Reader(connection.client());
      SnapshotReader source =
          new SnapshotReader(reader, connection.namespace(), invocation.clock());
      IdleHistory history = new IdleHistory();
      Snapshot seen = source.read();
      refuse(seen);
      history.take(seen);
      if (output.machine()) {
        new Printer(invocation).document(TopDocument.of(seen, namespace, reader.calls()));
      } else {
        invocation.console().out().print(new TopView(invocation, namespace).text(seen));
      }
      return 0;
    }
  }

  /** Somebody who may see neither nodes nor pods gets nothing but question marks. */
  private static void refuse(Snapshot seen) {
    if (seen.nodes() instanceof Known.Unknown<?> nodes
        && seen.pods() instanceof Known.Unknown<?> pods) {
      throw new Problem.NotAllowed(
          Explanation.of("neither nodes nor pods can be read")
              .because(nodes.why())
              .because(pods.why())
              .next("mlk cluster check --only rights"));
    }
  }
}
