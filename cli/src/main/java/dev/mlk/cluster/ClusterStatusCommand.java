package dev.mlk.cluster;

import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.practice.node.network.PrivateNetwork;
import dev.mlk.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk cluster status}. */
@Command(
    name = "status",
    description = "Show the practice clusters of this machine",
    footer = {
      "",
      "Exits with 4 when the cluster (the default one, or the one named) does not run.",
      "",
      "Examples:",
      "  mlk cluster status",
      "  mlk cluster status --name other -o json"
    })
final class ClusterStatusCommand implements Callable<Integer> {
  @Option(names = "--name", paramLabel = "NAME", description = "Only this cluster.")
  private String name;

  private final Invocation invocation;

  ClusterStatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation
        .options()
        .output()
        .require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML);
    Clusters clusters = new Clusters(invocation);
    String asked = name == null ? ClusterFolder.DEFAULT : name;
    List<String> names = name == null ? new ArrayList<>(clusters.names()) : List.of(name);
    if (names.isEmpty()) {
      names = List.of(asked);
    }
    boolean runs = false;
    List<ClusterReport> reports = new ArrayList<>();
    for (String one : names) {
      ClusterReport report = ClusterReport.of(clusters, ClusterFolder.of(invocation, one));
      reports.add(report);
      runs |= one.equals(asked) && report.healthy();
    }
    ExitCode code = runs ? ExitCode.DONE : ExitCode.UNREACHABLE;
    new Printer(invocation).listing(table(reports), () -> document(reports, code));
    for (ClusterReport report : reports) {
      if (!report.trouble().isEmpty()) {
        invocation.note(report.folder().name() + ": " + report.trouble());
      }
    }
    if (runs && !PrivateNetwork.possible()) {
      invocation.note(
          "Ports of training processes can be reached from other machines, and programs in pods may"
              + " write into read-only mounts: this machine makes no namespaces");
    }
    if (!runs) {
      invocation.note("Next: mlk cluster start" + (name == null ? "" : " --name " + name));
    }
    return code.number();
  }

  private static Table table(List<ClusterReport> reports) {
    Table table =
        new Table(
            "NAME",
            "STATE",
            "ENGINE",
            "NODES",
            "SERVER",
            "MEMORY",
            "+PID",
            "+KUBECONFIG",
            "STARTED");
    for (ClusterReport report : reports) {
      Style style =
          switch (report.state()) {
            case "Running" -> Style.OK;
            case "Stopped" -> Style.DIM;
            default -> Style.BAD;
          };
      table.row(
          Cell.of(report.folder().name()),
          Cell.of(report.state(), style),
          Cell.of(report.settings().engine().name()),
          Cell.of(report.nodes() < 0 ? "" : Integer.toString(report.nodes())),
          Cell.of(report.running().map(RunningCluster::server).orElse("")),
          Cell.of(report.memory()),
          Cell.of(report.running().map(cluster -> Long.toString(cluster.pid())).orElse("")),
          Cell.of(report.folder().kubeconfig().toString()),
          report.running().map(cluster -> Cell.of(cluster.started())).orElse(Cell.of("")));
    }
    return table;
  }

  private static ObjectNode document(List<ClusterReport> reports, ExitCode code) {
    ObjectNode document = Printer.outcome(Printer.start("ClusterList"), code);
    ArrayNode items = document.putArray("items");
    reports.forEach(report -> items.add(report.json()));
    return document;
  }
}
