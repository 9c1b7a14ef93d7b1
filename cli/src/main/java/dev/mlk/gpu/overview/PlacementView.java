package dev.mlk.gpu.overview;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.facts.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a job would go, what that spans, and what it costs, for people. */
final class PlacementView {
  private static final String INDENT = "  ";
  private final Console console;
  private final Placement placement;

  PlacementView(Console console, Placement placement) {
    this.console = console;
    this.placement = placement;
  }

  String text() {
    Forecast forecast = placement.likely();
    var text = new StringBuilder();
    say(text, "", "Job " + placement.job().job() + " in the room there is now:", Style.BOLD);
    forecast.placed().forEach((node, pods) -> line(text, node, pods));
    if (!forecast.without().isEmpty()) {
      String names = TopologyView.names(forecast.without());
      say(text, INDENT, "no room: " + names + " (mlk gpu top says who has it)", Style.WARN);
    }
    if (forecast.placed().isEmpty()) {
      return text.toString();
    }
    say(text, "", "It spans " + spans(forecast) + ".", Style.PLAIN);
    cost(text, forecast);
    placement
        .better()
        .ifPresent(
            other -> {
              say(text, "", "It could do with " + spans(other) + ":", Style.BOLD);
              other.placed().forEach((node, pods) -> line(text, node, pods));
            });
    say(
        text,
        "? ",
        placement.fillsUp()
            ? "other pods may come first; the practice cluster's scheduler fills nodes up"
            : "other pods may come first; kube-scheduler spreads by CPU and memory left, unless"
                + " it was set up otherwise",
        Style.DIM);
    return text.toString();
  }

  private void line(StringBuilder text, GpuNode node, List<JobPods.Wanted> pods) {
    Map<Device.Kind, Long> devices = new EnumMap<>(Device.Kind.class);
    pods.forEach(pod -> pod.requests().forEach((name, number) -> add(devices, node, name, number)));
    List<String> counts = new ArrayList<>();
    devices.forEach((kind, number) -> counts.add(Names.count(number, kind.noun())));
    String end = counts.isEmpty() ? "" : " (" + String.join(", ", counts) + ")";
    say(text, INDENT + node.name() + "  ", TopologyView.names(pods) + end, Style.PLAIN);
  }

  private static void add(
      Map<Device.Kind, Long> devices, GpuNode node, String resource, long number) {
    Device.of(resource)
        .filter(_ -> number > 0)
        .ifPresent(device -> devices.merge(node.kind(device), number, Long::sum));
  }

  /** {@code 2 nodes, 2 leaf switches not told, 1 zone}. */
  static String spans(Forecast forecast) {
    List<String> words = new ArrayList<>();
    words.add(Names.count(forecast.nodes().size(), "node"));
    for (Level level : Level.of(forecast.nodes())) {
      Optional<Long> number = forecast.spans(level);
      words.add(
          number
              .map(n -> several(n, level.name()))
              .orElse(level.name() + " not told by all nodes"));
    }
    return String.join(", ", words);
  }

  private static String several(long number, String noun) {
    String plural = noun.endsWith("ch") ? noun + "es" : noun + "s";
    return number
        + " "
        + (number == 1 || Character.isDigit(noun.charAt(noun.length() - 1)) ? noun : plural);
  }

  /** What one GPU gets to those of its node, and what the nodes get to each other. */
  private void cost(StringBuilder text, Forecast placed) {
    Optional<Link> slowest = Optional.empty();
    for (Map.Entry<GpuNode, List<JobPods.Wanted>> one : placed.placed().entrySet()) {
      long devices = one.getValue().stream().mapToLong(JobPods.Wanted::devices).sum();
      if (devices > 1 && one.getKey().gpus() > 1) {
        Optional<Link> link = Link.of(one.getKey());
        say(
            text,
            INDENT,
            "within "
                + one.getKey().name()
                + ": "
                + link.map(l -> l.text() + " (" + l.source() + ")").orElse("links unknown"),
            Style.PLAIN);
        slowest = slowest.isEmpty() ? link : slowest;
      }
    }
    if (placed.nodes().size() < 2) {
      return;
    }
    Network network = Network.of(placed.nodes().getFirst());
    String ratio =
        slowest
            .filter(_ -> network.gigabytes() > 0)
            .map(link -> ", " + times(link.gigabytes() / network.gigabytes()))
            .orElse("");
    String source = network.source().isEmpty() ? "" : " (" + network.source() + ")";
    say(text, INDENT, "between nodes: " + network.text() + source + ratio, Style.PLAIN);
  }

  private static String times(double ratio) {
    return ratio >= 1
        ? "a node's network has a " + Math.round(ratio) + "th of what one GPU has within"
        : "no less than one GPU has within";
  }

  private void say(StringBuilder text, String before, String words, Style style) {
    Wrapped.add(text, console, before, words, style);
  }
}
