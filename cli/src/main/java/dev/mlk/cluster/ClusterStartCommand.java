package dev.mlk.cluster;

import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk cluster start}. */
@Command(
    name = "start",
    description = "Start the practice cluster",
    footer = {
      "",
      "The settings are kept: the next start needs no options. Other ones change the",
      "nodes of a stopped cluster; nodes that are no more go with their pods.",
      "",
      "Examples:",
      "  mlk cluster start",
      "  mlk cluster start --nodes 2 --gpus 4 --gpu-model NVIDIA-A100-SXM4-40GB",
      "  mlk cluster start --name other --nodes 1 --gpus 0"
    })
final class ClusterStartCommand implements Callable<Integer> {
  private static final int MOST_NODES = 1000;
  private static final int MOST_GPUS = 64;
  private static final int LAST_PORT = 65_535;

  @Option(names = "--name", paramLabel = "NAME", description = "The cluster's name.")
  private String name = ClusterFolder.DEFAULT;

  @Option(names = "--nodes", paramLabel = "N", description = "How many nodes; 3 at first.")
  private Integer nodes;

  @Option(names = "--gpus", paramLabel = "N", description = "Simulated GPUs of a node; 1 at first.")
  private Integer gpus;

  @Option(names = "--gpu-model", paramLabel = "MODEL", description = "What the GPUs pretend to be.")
  private String gpuModel;

  @Option(names = "--cpu", paramLabel = "N", description = "CPUs of a node; 8 at first.")
  private String cpu;

  @Option(names = "--memory", paramLabel = "SIZE", description = "Memory of a node; 32Gi at first.")
  private String memory;

  @Option(names = "--port", paramLabel = "PORT", description = "TLS port; any free one at first.")
  private Integer port;

  @Option(
      names = "--no-operator",
      negatable = true,
      description = "Without the TFJob operator; run it with: mlk operator run.")
  private Boolean noOperator;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "built-in, or kubernetes: the real control plane as processes of this machine.")
  private String engine;

  @Option(
      names = "--kubernetes-bin",
      paramLabel = "DIR",
      description =
          "The real control plane's programs; without it they are built from a checkout's"
              + " testbed/.")
  private String programs;

  private final Invocation invocation;

  ClusterStartCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    ClusterFolder folder = ClusterFolder.of(invocation, name);
    Clusters clusters = new Clusters(invocation);
    long before = System.nanoTime();
    boolean started = clusters.start(folder, wanted(folder));
    ClusterReport report = ClusterReport.of(clusters, folder);
    if (invocation.options().output().machine()) {
      new Printer(invocation).document(report.json().put("startedNow", started));
    } else {
      print(report, started, (System.nanoTime() - before) / 100_000_000);
    }
    return 0;
  }

  private Optional<ClusterSettings> wanted(ClusterFolder folder) {
    if (nodes == null
        && gpus == null
        && gpuModel == null
        && cpu == null
        && memory == null
        && port == null
        && noOperator == null
        && engine == null
        && programs == null) {
      return Optional.empty();
    }
    ClusterSettings last = ClusterSettings.read(folder.config()).orElse(ClusterSettings.DEFAULT);
    return Optional.of(
        new ClusterSettings(
            machines(last.machines()),
            number("--port", port, last.port(), LAST_PORT),
            noOperator == null ? last.operator() : !noOperator,
            Engine.wanted(
                engine == null ? "" : engine,
                programs == null ? "" : programs,
                last.engine(),
                invocation.directory())));
  }

  private Machines machines(Machines last) {
    return new Machines(
        number("--nodes", nodes, last.nodes(), MOST_NODES),
        number("--gpus", gpus, last.gpus(), MOST_GPUS),
        model(gpuModel == null ? last.gpuModel() : gpuModel),
        quantity("--cpu", cpu == null ? last.cpu() : cpu),
        quantity("--memory", memory == null ? last.memory() : memory));
  }

  private static int number(String option, Integer given, int last, int most) {
    if (given != null && (given < 0 || given > most)) {
      throw new Problem.Usage(
          Explanation.of(option + " " + given + " is out of range")
              .because("it takes 0 to " + most));
    }
    return given == null ? last : given;
  }

  private static String model(String text) {
    if (GpuModels.find(text).isEmpty()) {
      throw new Problem.Usage(
          Explanation.of("no GPU model \"" + text + "\"")
              .because("there are: " + String.join(", ", GpuModels.products())));
    }
    return text;
  }

  private static String quantity(String option, String text) {
    if (Quantity.parse(text).filter(quantity -> quantity.amount().signum() > 0).isEmpty()) {
      throw new Problem.Usage(
          Explanation.of(option + " \"" + text + "\" is no amount")
              .because("such as 8, 500m, 16Gi, 2000M"));
    }
    return text;
  }

  private void print(ClusterReport report, boolean started, long tenths) {
    Console console = invocation.console();
    String state =
        started ? " is ready after " + tenths / 10 + "." + tenths % 10 + " s" : " is running";
    console.print(
        "Practice cluster \""
            + console.paint(Style.BOLD, report.folder().name())
            + "\""
            + state
            + ": "
            + report.settings().words()
            + ".");
    report.running().ifPresent(cluster -> console.print("  server      " + cluster.server()));
    console.print("  kubeconfig  " + report.folder().kubeconfig());
    console.print("");
    String option = report.folder().name().equals(ClusterFolder.DEFAULT) ? "" : " --name " + name;
    console.print("Next: mlk tfjob submit mnist");
    console.print("      mlk cluster kubeconfig --merge" + option + "   (for kubectl)");
  }
}
