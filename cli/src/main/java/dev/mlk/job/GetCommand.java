package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Cell;
import dev.mlk.console.Console;
import dev.mlk.console.Direct;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk tfjob get}. */
@Command(
    name = "get",
    description = "Show one job: its state, its replicas, and what is the matter",
    footer = {"", "Examples:", "  mlk tfjob get mnist", "  mlk tfjob get mnist -o json"})
public final class GetCommand implements Callable<Integer>, Direct {
  @Parameters(paramLabel = "NAME", description = "Name of the job")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public GetCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public boolean takes(List<String> words) {
    return Direct.one(words, word -> name = word);
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      Sight sight = Sight.of(connection, invocation, name);
      if (output.machine()) {
        ObjectNode document = Printer.start("TFJobReport");
        document.set("job", JobDocuments.job(sight.job()));
        document.set("replicas", JobDocuments.replicas(sight.replicas()));
        document.set("diagnosis", JobDocuments.diagnosis(sight.diagnosis()));
        document.set("object", sight.job().object());
        new Printer(invocation).document(document);
      } else {
        print(sight);
      }
      return 0;
    }
  }

  private void print(Sight sight) {
    Console console = invocation.console();
    Job job = sight.job();
    console.print("Name:       " + job.name());
    console.print("Namespace:  " + job.namespace());
    console.print(
        "State:      " + console.paint(ListCommand.style(job.state()), job.state().text()));
    job.started().ifPresent(time -> console.print("Started:    " + time));
    job.completed().ifPresent(time -> console.print("Completed:  " + time));
    console.print("");
    Table table = new Table("REPLICA", "PHASE", "RESTARTS", "NODE", "REASON", "AGE", "+POD");
    for (Replica replica : sight.replicas()) {
      table.row(
          Cell.of(replica.name()),
          Cell.of(replica.phase(), replica.phase().equals("Failed") ? Style.BAD : Style.PLAIN),
          Cell.of(replica.restarts()),
          Cell.of(replica.node().isEmpty() ? "-" : replica.node()),
          Cell.of(reason(replica)),
          replica.created().map(Cell::of).orElse(Cell.of("-")),
          Cell.of(replica.podName()));
    }
    if (!table.isEmpty()) {
      new Printer(invocation).table(table);
      console.print("");
    }
    console.print(sight.diagnosis().sentence());
    for (String more : List.of(sight.diagnosis().cause())) {
      if (!more.isEmpty()) {
        console.print("  " + more);
      }
    }
    console.flush();
    invocation.note("Next: " + sight.diagnosis().next());
  }

  private static String reason(Replica replica) {
    if (replica.waiting().isObject()) {
      return replica.waiting().path("reason").asString("-");
    }
    if (replica.failure().isObject()) {
      return replica.failure().path("reason").asString("Error")
          + " ("
          + replica.failure().path("exitCode").asInt()
          + ")";
    }
    return replica.terminating() ? "Terminating" : "-";
  }
}
