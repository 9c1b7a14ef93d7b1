package dev.mlk.gpu.verify;

import dev.mlk.check.JUnitReport;
import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk gpu verify}. */
@Command(
    name = "verify",
    description = "Run a small pod on every GPU node that says whether its GPUs work",
    footer = {
      "",
      "The pod asks for all GPUs of its node that are free, computes on each with",
      "TensorFlow, and is taken away whatever happens, also on Ctrl-C. Exits with 1 when",
      "something fails; with --strict also for a warning.",
      "",
      "Examples:",
      "  mlk gpu verify",
      "  mlk gpu verify --node gpu-1 -o wide",
      "  mlk gpu verify --timeout 10m --image registry.example/tensorflow:2.17.0-gpu",
      "  mlk gpu verify --strict -o junit=gpus.xml"
    })
public final class GpuVerifyCommand implements Callable<Integer> {
  /** Images with CUDA have several gigabytes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Option(names = "--node", paramLabel = "NODE", description = "Only this node")
  private String node = "";

  @Option(names = "--all", description = "All nodes with a GPU, as without --node")
  private boolean all;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "An image with Python and TensorFlow for GPUs, instead of the usual one")
  private String image = "";

  @Option(
      names = "--runtime-class",
      paramLabel = "NAME",
      description = "The pods' runtime class, such as one that sandboxes (kata)")
  private String runtimeClass = "";

  @Option(names = "--strict", description = "Exit with 1 for a warning too")
  private boolean strict;

  private final Invocation invocation;
  private final Connections connections;

  /** The command. */
  public GpuVerifyCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.WIDE, Output.Format.JSON, Output.Format.YAML, Output.Format.JUNIT);
    if (all && !node.isEmpty()) {
      throw new Problem.Usage(
          Explanation.of("--node and --all exclude each other").next("mlk gpu verify --all"));
    }
    Duration patience = invocation.options().timeout().orElse(PATIENCE);
    try (Connection connection = connections.open()) {
      Verification.Wanted wanted =
          new Verification.Wanted(
              node, image, runtimeClass, patience, name(), !connection.practice().isEmpty());
      long start = System.nanoTime();
      List<Judgement> judgements =
          new Verification(
                  connection.client(),
                  connection.namespace(),
                  invocation.clock(),
                  wanted,
                  invocation::note)
              .run();
      long millis = (System.nanoTime() - start) / 1_000_000;
      VerifyReport report = new VerifyReport(judgements, strict, millis);
      print(report, output, connection);
      return report.report().code().number();
    }
  }

  private void print(VerifyReport report, Output output, Connection connection) {
    Printer printer = new Printer(invocation);
    if (output.format() == Output.Format.JUNIT) {
      JUnitReport.write(
          invocation.directory().resolve(output.file()), report.report(), "mlk gpu verify");
    }
    if (output.machine()) {
      ObjectNode document = report.document();
      document.put("server", connection.server()).put("context", connection.context());
      printer.document(document.put("namespace", connection.namespace()));
    } else {
      report.print(invocation.console(), printer, output.format() == Output.Format.WIDE);
    }
  }

  /** Unlike that of any other run at the same time. */
  private String name() {
    return Long.toString(invocation.clock().millis(), Character.MAX_RADIX)
        + "-"
        + ProcessHandle.current().pid();
  }
}
