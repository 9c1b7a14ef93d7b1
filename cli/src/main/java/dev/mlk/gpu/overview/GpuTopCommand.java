package dev.mlk.gpu.overview;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.LiveView;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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
      "  mlk gpu top -A -w",
      "  mlk gpu top -n team-a -o wide",
      "  mlk gpu top -A -o json"
    })
public final class GpuTopCommand implements Callable<Integer> {
  @Option(
      names = {"-A", "--all-namespaces"},
      description = "The pods of all namespaces")
  private boolean all;

  @Option(
      names = {"-w", "--watch"},
      description = "Show it anew in place until q or Ctrl-C; in a pipe, block after block")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "With -w: how long between two looks (5)")
  private int every = 5;

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public GpuTopCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    if (every < 1) {
      throw new Problem.Usage(
          Explanation.of("--every takes a number of seconds, 1 or more").next("mlk gpu top -w"));
    }
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      String namespace = all ? "" : connection.namespace();
      Reader reader = new Reader(connection.client());
      SnapshotReader source =
          new SnapshotReader(reader, connection.namespace(), invocation.clock());
      IdleHistory history = new IdleHistory();
      if (watch) {
        return watch(() -> picture(source, history, namespace));
      }
      Snapshot seen = look(source, history);
      if (output.machine()) {
        new Printer(invocation).document(TopDocument.of(seen, namespace, reader.calls()));
      } else {
        invocation.console().out().print(new TopView(invocation, namespace).text(seen));
      }
      return 0;
    }
  }

  private int watch(Callable<LiveView.Picture> look) throws Exception {
    if (invocation.options().output().machine()) {
      throw new Problem.Usage(
          Explanation.of("-w shows tables, and no documents").next("mlk gpu top -o json"));
    }
    return LiveView.show(invocation, Duration.ofSeconds(every), look);
  }

  private LiveView.Picture picture(SnapshotReader source, IdleHistory history, String namespace)
      throws InterruptedException {
    Snapshot seen = look(source, history);
    return console -> {
      String time = DateTimeFormatter.ISO_INSTANT.format(seen.at().truncatedTo(ChronoUnit.SECONDS));
      String text = new TopView(invocation.with(console), namespace).text(seen);
      return time + "  mlk gpu top, every " + every + "s\n" + text;
    };
  }

  private static Snapshot look(SnapshotReader source, IdleHistory history)
      throws InterruptedException {
    Snapshot seen = source.read();
    refuse(seen);
    history.take(seen);
    return seen;
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
