package dev.mlk.gpu.overview;

import dev.mlk.console.Printer;
import dev.mlk.facts.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code mlk gpu topology -o json} prints; what is not known is absent. */
final class TopologyDocument {
  private TopologyDocument() {}

  /**
   * The document.
   *
   * @param one the node that was asked for; else all
   * @param requests how many requests it took
   */
  static ObjectNode of(
      Topology topology, Optional<GpuNode> one, Optional<Placement> placement, int requests) {
    ObjectNode document = Printer.start("GpuTopology");
    document.put("simulated", topology.snapshot().simulated()).put("requests", requests);
    ArrayNode nodes = document.putArray("nodes");
    one.map(List::of)
        .orElseGet(topology::nodes)
        .forEach(node -> node(topology, node, nodes.addObject()));
    placement.ifPresent(found -> placement(found, document.putObject("placement")));
    ArrayNode unknown = document.putArray("unknown");
    if (topology.numa() instanceof Known.Unknown<?> why) {
      unknown.add("NUMA: " + why.why());
    }
    if (topology.look().map(Topology.Look::matrix).orElse(null) instanceof Known.Unknown<?> why) {
      unknown.add("links as a pod sees them: " + why.why());
    }
    return document;
  }

  private static void node(Topology topology, GpuNode node, ObjectNode into) {
    into.put("name", node.name()).put("model", node.model()).put("sharing", node.sharing());
    ArrayNode devices = into.putArray("devices");
    for (Device device : node.devices()) {
      ObjectNode entry =
          devices
              .addObject()
              .put("resource", device.resource())
              .put("unit", node.kind(device).noun())
              .put("capacity", node.has(device));
      long free = topology.free(node, device);
      if (free >= 0) {
        entry.put("free", free);
      }
    }
    ObjectNode levels = into.putObject("levels");
    for (Level level : Level.of(List.of(node))) {
      level.of(node).ifPresent(value -> levels.put(level.key(), value));
    }
    Link.of(node)
        .ifPresent(
            link ->
                into.putObject("link")
                    .put("name", link.name())
                    .put("gigabytesPerSecond", link.gigabytes())
                    .put("source", link.source()));
    Network network = Network.of(node);
    ObjectNode told = into.putObject("network").put("text", network.text());
    if (network.gigabytes() > 0) {
      told.put("gigabytesPerSecond", network.gigabytes()).put("source", network.source());
    }
    topology.matrix(node).ifPresent(matrix -> measured(matrix, into.putObject("measured")));
    Optional.ofNullable(topology.numa().or(Map.of()).get(node.name()))
        .ifPresent(numa -> numa(numa, into.putObject("numa")));
  }

  private static void measured(Matrix matrix, ObjectNode into) {
    into.put("source", Topology.SEEN);
    ArrayNode gpus = into.putArray("gpus");
    for (Matrix.Gpu gpu : matrix.gpus()) {
      ObjectNode one = gpus.addObject().put("name", gpu.name());
      one.put("numaNode", gpu.numa()).put("cpus", gpu.cpus());
      ObjectNode links = one.putObject("links");
      gpu.links()
          .forEach((other, link) -> links.put(matrix.cards().getOrDefault(other, other), link));
    }
  }

  private static void numa(Numa numa, ObjectNode into) {
    into.put("policy", numa.policy());
    ArrayNode zones = into.putArray("zones");
    for (Numa.Zone zone : numa.zones()) {
      ObjectNode one = zones.addObject().put("name", zone.name());
      zone.capacity().forEach(one.putObject("capacity")::put);
      zone.available().forEach(one.putObject("available")::put);
      zone.costs().forEach(one.putObject("costs")::put);
    }
  }

  private static void placement(Placement placement, ObjectNode into) {
    into.put("job", placement.job().job());
    forecast(placement.likely(), into.putObject("likely"));
    placement.better().ifPresent(better -> forecast(better, into.putObject("tightest")));
  }

  private static void forecast(Forecast forecast, ObjectNode into) {
    ArrayNode nodes = into.putArray("nodes");
    forecast
        .placed()
        .forEach(
            (node, pods) -> {
              ObjectNode one = nodes.addObject().put("name", node.name());
              ArrayNode names = one.putArray("replicas");
              pods.forEach(pod -> names.add(pod.name()));
            });
    ArrayNode without = into.putArray("withoutRoom");
    forecast.without().forEach(pod -> without.add(pod.name()));
    into.put("spans", PlacementView.spans(forecast));
  }
}
