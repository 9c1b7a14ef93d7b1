package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Cell;
import dev.mlk.console.Direct;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk tfjob list}. */
@Command(
    name = "list",
    description = "List the training jobs, whoever made them",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob list",
      "  mlk tfjob list -A -o wide",
      "  mlk tfjob list -o json"
    })
public final class ListCommand implements Callable<Integer>, Direct {
  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of all namespaces")
  private boolean all;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description = "Only jobs with these labels")
  private String selector = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public ListCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public boolean takes(List<String> words) {
    return words.isEmpty();
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML, Output.Format.NAME);
    try (Connection connection = connections.open()) {
      String namespace = all ? "" : connection.namespace();
      Map<String, String> query = selector.isEmpty() ? Map.of() : Map.of("labelSelector", selector);
      List<Job> jobs = new ArrayList<>();
      connection
          .client()
          .list(Resources.TFJOBS, namespace, query)
          .path("items")
          .forEach(item -> jobs.add(new Job(item)));
      print(jobs, output, namespace);
      return 0;
    }
  }

  private void print(List<Job> jobs, Output output, String namespace) {
    if (output.format() == Output.Format.NAME) {
      jobs.forEach(job -> invocation.console().print("tfjob.kubeflow.org/" + job.name()));
      return;
    }
    if (jobs.isEmpty() && !output.machine()) {
      invocation.note(
          namespace.isEmpty()
              ? "No training jobs."
              : "No training jobs in namespace " + namespace + ".");
      return;
    }
    new Printer(invocation).listing(table(jobs), () -> document(jobs));
  }

  private Table table(List<Job> jobs) {
    Table table =
        all
            ? new Table("NAMESPACE", "NAME", "STATE", "REPLICAS", "GPUS", "AGE", "+TYPES")
            : new Table("NAME", "STATE", "REPLICAS", "GPUS", "AGE", "+TYPES");
    for (Job job : jobs) {
      List<Cell> cells = new ArrayList<>();
      if (all) {
        cells.add(Cell.of(job.namespace()));
      }
      cells.add(Cell.of(job.name()));
      cells.add(Cell.of(job.state().text(), style(job.state())));
      cells.add(
          Cell.of(
              job.counted(job.state() == Job.State.SUCCEEDED ? "succeeded" : "active")
                  + "/"
                  + job.replicas()));
      cells.add(Cell.of(JobDocuments.gpus(job)));
      cells.add(job.created().map(Cell::of).orElse(Cell.of("-")));
      cells.add(
          Cell.of(
              String.join(
                  ",",
                  job.wanted().stream()
                      .map(wanted -> wanted.type() + "=" + wanted.number())
                      .toList())));
      table.row(cells.toArray(Cell[]::new));
    }
    return table;
  }

  static Style style(Job.State state) {
    return switch (state) {
      case SUCCEEDED, RUNNING -> Style.OK;
      case FAILED -> Style.BAD;
      case RESTARTING, SUSPENDED -> Style.WARN;
      case PENDING, CREATED -> Style.PLAIN;
    };
  }

  private static ObjectNode document(List<Job> jobs) {
    ObjectNode document = Printer.start("TFJobList");
    ArrayNode items = document.putArray("items");
    jobs.forEach(job -> items.add(JobDocuments.job(job)));
    return document;
  }
}
