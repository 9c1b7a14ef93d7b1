package dev.mlk.gpu.overview;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code mlk gpu topology} shows people: a tree of the cluster, or one node. */
final class TopologyView {
  private static final String NOT_TOLD = "not told";
  private final Console console;
  private final Topology topology;

  TopologyView(Console console, Topology topology) {
    this.console = console;
    this.topology = topology;
  }

  /** All nodes with GPUs, each below what it shares with others. */
  String cluster() {
    var text = new StringBuilder();
    List<GpuNode> nodes = topology.nodes();
    List<Level> levels = Level.of(nodes).reversed();
    simulated(text);
    if (nodes.isEmpty()) {
      text.append("No node has a GPU.\n");
    }
    tree(text, "", levels, nodes);
    if (levels.isEmpty() && !nodes.isEmpty()) {
      unknown(text, "network: no label tells which nodes are near to each other");
    }
    if (nodes.stream()
        .anyMatch(node -> several(node) && !node.simulated() && Link.of(node).isEmpty())) {
      unknown(text, "links: the model of some GPUs is not known here");
    }
    reasons(text);
    return text.toString();
  }

  private void tree(StringBuilder text, String before, List<Level> levels, List<GpuNode> nodes) {
    if (levels.isEmpty()) {
      for (int i = 0; i < nodes.size(); i++) {
        boolean last = i == nodes.size() - 1;
        List<String> lines = lines(nodes.get(i));
        branch(text, before, last).append(lines.getFirst()).append('\n');
        for (String line : lines.subList(1, lines.size())) {
          text.append(before).append(last ? "   " : "|  ").append(line).append('\n');
        }
      }
      return;
    }
    Level level = levels.getFirst();
    List<Level> rest = levels.subList(1, levels.size());
    Map<Optional<String>, List<GpuNode>> groups = new LinkedHashMap<>();
    nodes.forEach(node -> groups.computeIfAbsent(level.of(node), _ -> new ArrayList<>()).add(node));
    if (groups.size() == 1 && groups.containsKey(Optional.empty())) {
      tree(text, before, rest, nodes);
      return;
    }
    int left = groups.size();
    for (Map.Entry<Optional<String>, List<GpuNode>> group : groups.entrySet()) {
      left--;
      String name = group.getKey().map(level::text).orElse(level.name() + " " + NOT_TOLD);
      branch(text, before, left == 0).append(console.paint(Style.BOLD, name)).append('\n');
      tree(text, before + (left == 0 ? "   " : "|  "), rest, group.getValue());
    }
  }

  private static StringBuilder branch(StringBuilder text, String before, boolean last) {
    return text.append(before).append(last ? "`- " : "+- ");
  }

  /** The node's name with its first device, and a line for each further one. */
  private List<String> lines(GpuNode node) {
    List<String> lines = new ArrayList<>();
    String start = node.name() + "  ";
    for (Device device : node.devices()) {
      long free = topology.free(node, device);
      String first = lines.isEmpty() ? start : " ".repeat(start.length());
      String rest = free < 0 ? "" : ", " + free + " free";
      lines.add(first + node.has(device) + " x " + node.text(device) + rest);
    }
    if (lines.isEmpty()) {
      lines.add(start + "no GPU");
    }
    Link.of(node)
        .filter(_ -> several(node))
        .ifPresent(link -> lines.set(0, lines.getFirst() + "; " + link.name()));
    return lines;
  }

  private static boolean several(GpuNode node) {
    return node.gpus() > 1;
  }

  /** One node: where it is, its NUMA zones with their GPUs, and what connects them. */
  String node(GpuNode node) {
    var text = new StringBuilder();
    simulated(text);
    lines(node).forEach(line -> text.append(console.paint(Style.BOLD, line)).append('\n'));
    for (Level level : Level.of(List.of(node))) {
      level.of(node).ifPresent(value -> row(text, level.name(), value));
    }
    Network network = Network.of(node);
    row(text, "network", network.text() + source(network.source()));
    boolean onlySeen = Link.of(node).isEmpty() && topology.matrix(node).isPresent();
    row(text, "between GPUs", onlySeen ? "not told by the model; seen below" : link(node));
    if (!node.sharing().isEmpty()) {
      row(text, "shared", node.sharing() + ", " + node.sharedBy() + " pods a GPU");
    }
    Optional<Matrix> matrix = topology.matrix(node);
    Optional<Numa> numa = numa(node);
    numa.map(Numa::policy).filter(one -> !one.isEmpty()).ifPresent(p -> row(text, "policy", p));
    if (numa.isPresent()) {
      new NumaPicture(numa.get(), Link.of(node)).draw(text);
    } else if (matrix.isEmpty()) {
      unknown(
          text,
          "NUMA, PCIe: "
              + (topology.numa() instanceof Known.Unknown<?> why
                  ? why.why()
                  : "this node has no NodeResourceTopology"));
    }
    topology.seenOn(node).ifPresent(seen -> seen(text, node, seen));
    reasons(text);
    return text.toString();
  }

  private void seen(StringBuilder text, GpuNode node, Known<Matrix> seen) {
    if (seen instanceof Known.Unknown<?> why) {
      unknown(text, "links as a pod sees them: " + why.why());
      return;
    }
    Matrix matrix = seen.or(null);
    row(text, "links", Topology.SEEN);
    new MatrixPicture(matrix).draw(text, console);
    boolean promised = Link.of(node).filter(Link::switched).isPresent();
    if (promised && matrix.kinds().stream().anyMatch(kind -> !kind.startsWith("NV"))) {
      unknown(
          text,
          "the model has NVLink between all GPUs, and some pairs here have none: ask who runs the"
              + " node for its fabric manager");
    }
  }

  private static String link(GpuNode node) {
    if (node.gpus() == 1) {
      return "one GPU: nothing to connect";
    }
    if (node.simulated()) {
      return "nothing, they are simulated";
    }
    boolean amd = node.devices().stream().anyMatch(d -> d.resource().startsWith("amd.com/"));
    return Link.of(node)
        .map(one -> one.text() + source(one.source() + ", by the model's name"))
        .orElse(
            amd
                ? "unknown; on the node: rocm-smi --showtopo"
                : "unknown; mlk gpu topology " + node.name() + " --verify looks");
  }

  private Optional<Numa> numa(GpuNode node) {
    return Optional.ofNullable(topology.numa().or(Map.of()).get(node.name()))
        .filter(numa -> !numa.zones().isEmpty());
  }

  private static String source(String source) {
    return source.isEmpty() ? "" : " (" + source + ")";
  }

  private void row(StringBuilder text, String name, String value) {
    String start = "  " + name + " ".repeat(Math.max(1, 16 - name.length()));
    Wrapped.add(text, console, start, value, Style.PLAIN);
  }

  private void simulated(StringBuilder text) {
    if (topology.snapshot().simulated()) {
      String line = "The GPUs are simulated: nothing connects them.";
      Wrapped.add(text, console, "", line, Style.DIM);
    }
  }

  private void unknown(StringBuilder text, String line) {
    Wrapped.add(text, console, "? ", line, Style.DIM);
  }

  private void reasons(StringBuilder text) {
    if (topology.snapshot().nodes() instanceof Known.Unknown<?> why) {
      unknown(text, "nodes: " + why.why());
    } else if (!topology.snapshot().roomKnown()) {
      unknown(text, "what is free: you may not list pods of all namespaces");
    }
  }

  /** What was placed where: {@code worker-0, worker-1}. */
  static String names(List<JobPods.Wanted> pods) {
    return Names.some(pods.stream().map(JobPods.Wanted::name).toList());
  }
}
