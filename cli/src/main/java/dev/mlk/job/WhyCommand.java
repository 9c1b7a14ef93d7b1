package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Console;
import dev.mlk.console.Direct;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk tfjob why}: one sentence, its cause, the next command. */
@Command(
    name = "why",
    description = "Say in a sentence why a job waits, fails or goes on, and what to do next",
    footer = {"", "Examples:", "  mlk tfjob why mnist", "  mlk tfjob why mnist -o json"})
public final class WhyCommand implements Callable<Integer>, Direct {
  @Parameters(paramLabel = "NAME", description = "Name of the job")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public WhyCommand(Invocation invocation, Connections connections) {
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
    output.require(Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      Sight sight = Sight.of(connection, invocation, name);
      Diagnosis diagnosis = sight.diagnosis();
      boolean failed =
          diagnosis.verdict() == Verdict.FAILED || diagnosis.verdict() == Verdict.OUT_OF_MEMORY;
      List<String> lines =
          failed && diagnosis.replica() != null
              ? Ending.lastLines(connection.client(), sight.job(), diagnosis.replica())
              : List.of();
      if (output.machine()) {
        ObjectNode document = Printer.start("Diagnosis").put("job", name);
        document.setAll(JobDocuments.diagnosis(diagnosis));
        ArrayNode last = document.putArray("lastLines");
        lines.forEach(last::add);
        new Printer(invocation).document(document);
        return 0;
      }
      Console console = invocation.console();
      console.print(
          console.paint(
              diagnosis.verdict() == Verdict.RUNNING || diagnosis.verdict() == Verdict.SUCCEEDED
                  ? Style.OK
                  : Style.BOLD,
              diagnosis.sentence()));
      if (!diagnosis.cause().isEmpty()) {
        console.print("Cause: " + diagnosis.cause());
      }
      lines.forEach(line -> console.print("  " + line));
      console.print("Next:  " + diagnosis.next());
      return 0;
    }
  }
}
