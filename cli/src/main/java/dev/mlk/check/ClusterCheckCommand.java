package dev.mlk.check;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk cluster check}. */
@Command(
    name = "check",
    description = "Say what of a cluster is right for training jobs, and what is not",
    footer = {
      "",
      "Reads the cluster and changes nothing, but for --probe. A check that fails names",
      "what was seen, what should be there, and the command that mends it. Exits with 1",
      "when one fails; with --strict also for a warning.",
      "",
      "Examples:",
      "  mlk cluster check",
      "  mlk cluster check --for 25",
      "  mlk cluster check --for 25 --write class.yaml",
      "  mlk cluster check --probe",
      "  mlk cluster check --only gpu,tfjob -o json",
      "  mlk cluster check --strict -o junit=check.xml"
    })
public final class ClusterCheckCommand implements Callable<Integer> {
  /** A cluster has at most 5,000 nodes; a class is smaller. */
  private static final int MOST = 5000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--only",
      paramLabel = "GROUP",
      split = ",",
      description = "Only these groups or checks, such as gpu or api.version")
  private List<String> only = List.of();

  @Option(names = "--strict", description = "Exit with 1 for a warning too")
  private boolean strict;

  @Option(
      names = "--for",
      paramLabel = "PEOPLE",
      description = "Also say whether there is room for so many people at once")
  private Integer people;

  @Option(
      names = "--gpus-per-person",
      paramLabel = "NUMBER",
      description = "GPUs that each of them uses at the same time (3)")
  private int gpusEach = 3;

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "With --for: write namespaces and quotas for them (- for standard output)")
  private String write = "";

  @Option(
      names = "--probe",
      description = "Also create a small job, claim and pod, and take them away again")
  private boolean probe;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "With --probe: an image that must be there to pull (mlk/mnist:0.1)")
  private List<String> images = List.of("mlk/mnist:0.1");

  private final Invocation invocation;
  private final Connections connections;
  private final Predicate<String> runsOperator;

  /**
   * The command.
   *
   * @param runsOperator whether the practice cluster of a name runs a TFJob operator inside
   */
  public ClusterCheckCommand(
      Invocation invocation, Connections connections, Predicate<String> runsOperator) {
    this.invocation = invocation;
    this.connections = connections;
    this.runsOperator = runsOperator;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML, Output.Format.JUNIT);
    Optional<Plan> plan = plan();
    if (plan.isPresent() && !write.isEmpty()) {
      return write(plan.get());
    }
    try (Connection connection = connections.open();
        Probe probing = probe(connection)) {
      List<Check<Facts>> checks = new ArrayList<>(Checks.all());
      plan.ifPresent(wanted -> checks.addAll(wanted.checks()));
      if (probe) {
        checks.addAll(probing.checks());
      }
      List<Check<Facts>> wanted = Checks.only(checks, only);
      Facts facts = new Facts(connection, surroundings(connection), invocation.clock());
      facts.server();
      Report report = new Report(Checks.run(wanted, facts), strict);
      if (output.format() == Output.Format.JUNIT) {
        JUnitReport.write(
            invocation.directory().resolve(output.file()), report, "mlk cluster check");
      }
      if (output.machine()) {
        new Printer(invocation).document(document(report, facts));
      } else {
        report.print(invocation.console());
      }
      return report.code().number();
    }
  }

  private static ObjectNode document(Report report, Facts facts) {
    return report
        .document("ClusterCheck")
        .put("server", facts.connection().server())
        .put("context", facts.connection().context())
        .put("namespace", facts.namespace())
        .put("requests", facts.calls());
  }

  private Optional<Plan> plan() {
    if (people == null && write.isEmpty()) {
      return Optional.empty();
    }
    if (people == null || people < 1 || people > MOST || gpusEach < 0 || gpusEach > MOST) {
      throw new Problem.Usage(
          Explanation.of("--for takes a number of people from 1 to " + MOST)
              .because(
                  (people == null ? "no number" : people + " people") + ", GPUs each: " + gpusEach)
              .next("mlk cluster check --for 25"));
    }
    return Optional.of(new Plan(people, gpusEach));
  }

  private int write(Plan plan) {
    if (write.equals("-")) {
      invocation.console().out().print(plan.manifest());
      return 0;
    }
    writeNew(write, plan.manifest());
    invocation.note("Next: kubectl apply -f " + write);
    return 0;
  }

  private void writeNew(String name, String text) {
    try {
      Files.writeString(invocation.directory().resolve(name), text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Problem.Conflict(
          Explanation.of("the file " + name + " exists already").next("another name for --write"));
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the file " + name + " cannot be written")
              .because(e instanceof NoSuchFileException ? "no such folder" : e.getMessage()));
    }
  }

  private Probe probe(Connection connection) {
    Duration patience = invocation.options().timeout().orElse(PATIENCE);
    return new Probe(
        connection.client(), connection.namespace(), invocation.clock(), patience, images);
  }

  private Facts.Surroundings surroundings(Connection connection) {
    boolean inside = !connection.practice().isEmpty() && runsOperator.test(connection.practice());
    return new Facts.Surroundings(connections.certificates(), inside);
  }
}
