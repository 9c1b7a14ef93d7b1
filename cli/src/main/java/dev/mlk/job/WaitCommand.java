package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.problem.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk tfjob wait}. */
@Command(
    name = "wait",
    description = "Wait until jobs have ended; the exit code tells how",
    footer = {
      "",
      "Examples:",
      "  mlk tfjob wait mnist",
      "  mlk tfjob wait mnist --timeout 10m && echo trained"
    })
public final class WaitCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of jobs")
  private List<String> names = new ArrayList<>();

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public WaitCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      for (String name : names) {
        new Following(invocation, connection).toTheEnd(name, false, replica -> true);
        if (output.machine()) {
          ObjectNode document =
              Printer.outcome(Printer.start("Wait").put("job", name), ExitCode.DONE);
          new Printer(invocation).document(document);
        }
      }
      return 0;
    }
  }
}
