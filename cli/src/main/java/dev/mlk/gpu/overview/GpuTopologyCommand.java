package dev.mlk.gpu.overview;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.facts.Known;
import dev.mlk.facts.Reader;
import dev.mlk.format.Nearest;
import dev.mlk.gpu.verify.NodeLook;
import dev.mlk.job.Input;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.manifest.Document;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code mlk gpu topology}. */
@Command(
    name = "topology",
    description = "Show how GPUs are connected, and where a job would go",
    footer = {
      "",
      "From the labels of nodes (zone, block, rack, switch, NVLink domain), the GPUs' model",
      "and NodeResourceTopology objects. With --for: the nodes that a job would get in the",
      "room there is now, how many nodes and switches it spans, and what that costs.",
      "With --verify a pod with the node's free GPUs looks how they are connected, and is",
      "taken away. What nothing tells is said to be unknown.",
      "",
      "Examples:",
      "  mlk gpu topology",
      "  mlk gpu topology gpu-1",
      "  mlk gpu topology gpu-1 --verify",
      "  mlk gpu topology --for mnist.yaml",
      "  mlk gpu topology --for mnist -o json"
    })
public final class GpuTopologyCommand implements Callable<Integer> {
  /** Images with CUDA have several gigabytes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Parameters(arity = "0..1", paramLabel = "NODE", description = "One node, with its NUMA zones")
  private String node = "";

  @Option(
      names = "--for",
      paramLabel = "FILE|JOB",
      description = "A TFJob: a file, a template or the name of one in the cluster")
  private String job = "";

  @Option(
      names = "--verify",
      description = "With NODE: run a small pod there that sees how its GPUs are connected")
  private boolean verify;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "With --verify: an image with Python, instead of the usual one")
  private String image = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public GpuTopologyCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML);
    if (verify && node.isEmpty()) {
      throw new Problem.Usage(
          Explanation.of("--verify looks at one node, and none is named")
              .next("mlk gpu topology NODE --verify"));
    }
    Optional<JobPods> wanted = Optional.empty();
    if (!job.isEmpty() && (job.equals("-") || Files.exists(invocation.directory().resolve(job)))) {
      wanted = Optional.of(fromFile());
    }
    try (Connection connection = connections.open()) {
      if (!job.isEmpty() && wanted.isEmpty()) {
        wanted = Optional.of(fromCluster(connection));
      }
      Reader reader = new Reader(connection.client());
      Topology topology =
          new SnapshotReader(reader, connection.namespace(), invocation.clock()).topology();
      Optional<GpuNode> one = node.isEmpty() ? Optional.empty() : Optional.of(find(topology));
      if (verify) {
        topology = topology.with(look(connection));
      }
      Optional<Placement> placement = placement(wanted, topology);
      if (output.machine()) {
        new Printer(invocation)
            .document(TopologyDocument.of(topology, one, placement, reader.calls()));
      } else {
        print(topology, one, placement);
      }
      return 0;
    }
  }

  private Topology.Look look(Connection connection) {
    String run =
        Long.toString(invocation.clock().millis(), Character.MAX_RADIX)
            + "-"
            + ProcessHandle.current().pid();
    Duration patience = invocation.options().timeout().orElse(PATIENCE);
    return new Topology.Look(
        node,
        new NodeLook(connection, image, patience, run, invocation::note)
            .at(node)
            .either(
                GpuTopologyCommand::matrix,
                unknown -> new Known.Unknown<>(unknown.why(), unknown.next())));
  }

  private static Known<Matrix> matrix(List<JsonNode> facts) {
    if (facts.stream().anyMatch(fact -> fact.path("simulated").asBoolean(false))) {
      return new Known.Unknown<>("the GPUs are simulated: nothing connects them", "");
    }
    return facts.stream()
        .flatMap(fact -> Matrix.parse(fact.path("matrix").asString("")).stream())
        .findFirst()
        .<Known<Matrix>>map(Known.Fact::new)
        .orElseGet(() -> new Known.Unknown<>("the pod had no nvidia-smi that draws them", ""));
  }

  private void print(Topology topology, Optional<GpuNode> one, Optional<Placement> placement) {
    TopologyView view = new TopologyView(invocation.console(), topology);
    String text =
        placement
            .map(found -> new PlacementView(invocation.console(), found).text())
            .or(() -> one.map(view::node))
            .orElseGet(view::cluster);
    invocation.console().out().print(text);
  }

  private JobPods fromFile() {
    return Input.read(invocation, job, "", List.of()).documents().stream()
        .filter(document -> document.kind().equals("TFJob"))
        .findFirst()
        .map(Document::object)
        .map(object -> JobPods.of(new Job(object)))
        .orElseThrow(
            () ->
                new Problem.BadInput(
                    Explanation.of(job + " has no TFJob").next("mlk template show mnist")));
  }

  private JobPods fromCluster(Connection connection) {
    try {
      return connection
          .client()
          .find(Resources.TFJOBS, connection.namespace(), job)
          .map(object -> JobPods.of(new Job(object)))
          .orElseGet(this::fromFile);
    } catch (ApiException e) {
      if (e.code() == 403) {
        return fromFile();
      }
      throw e;
    }
  }

  private GpuNode find(Topology topology) {
    List<GpuNode> all = topology.snapshot().nodes().or(List.of());
    return all.stream()
        .filter(known -> known.name().equals(node))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem.NotFound(
                    Explanation.of("there is no node " + node)
                        .because(
                            Nearest.to(node, all.stream().map(GpuNode::name).toList())
                                .map(near -> "did you mean " + near + "?")
                                .orElse(""))
                        .next("mlk gpu topology")));
  }

  private Optional<Placement> placement(Optional<JobPods> wanted, Topology topology) {
    return wanted.map(pods -> placement(pods, topology));
  }

  private Placement placement(JobPods pods, Topology topology) {
    Snapshot snapshot = topology.snapshot();
    if (!snapshot.roomKnown()) {
      throw new Problem.NotAllowed(
          Explanation.of(
                  "what is free is not known, so neither is where " + pods.job() + " would go")
              .because(snapshot.unknown())
              .next("a cluster administrator can run it, or grant those rights"));
    }
    Supplier<List<Room>> rooms =
        () -> Room.all(snapshot.nodes().or(List.of()), snapshot.pods().or(null));
    // The practice cluster's scheduler fills nodes with GPUs up; kube-scheduler does not.
    boolean fillsUp = snapshot.simulated();
    return new Placement(
        pods, Forecast.by(pods, rooms.get(), fillsUp), Forecast.tightest(pods, rooms), fillsUp);
  }
}
