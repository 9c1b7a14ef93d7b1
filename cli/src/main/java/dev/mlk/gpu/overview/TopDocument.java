package dev.mlk.gpu.overview;

import dev.mlk.console.Printer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code mlk gpu top -o json} prints. What is not known is absent, and {@code unknown} says
 * why.
 */
final class TopDocument {
  private TopDocument() {}

  /**
   * The document.
   *
   * @param namespace whose pods are listed; empty for all
   * @param requests how many requests it took
   */
  static ObjectNode of(Snapshot seen, String namespace, int requests) {
    ObjectNode document = Printer.start("GpuTop");
    document.put("time", seen.at().toString());
    document.put("namespace", namespace);
    document.put("simulated", seen.simulated());
    document.put("requests", requests);
    totals(seen, document.putArray("totals"));
    ArrayNode nodes = document.putArray("nodes");
    seen.gpuNodes().forEach(node -> node(seen, node, nodes.addObject()));
    ArrayNode pods = document.putArray("pods");
    seen.holders(namespace).forEach(pod -> pod(seen, pod, pods.addObject()));
    ArrayNode waiting = document.putArray("waiting");
    Demand.of(seen, namespace).forEach(demand -> demand(demand, waiting.addObject()));
    ArrayNode unknown = document.putArray("unknown");
    seen.unknown().forEach(unknown::add);
    return document;
  }

  private static void totals(Snapshot seen, ArrayNode totals) {
    for (Snapshot.Total total : seen.totals().values()) {
      ObjectNode one =
          totals
              .addObject()
              .put("resource", total.device().resource())
              .put("unit", total.kind().noun())
              .put("allocatable", total.allocatable());
      if (seen.roomKnown()) {
        one.put("allocated", total.allocated()).put("free", total.free());
      }
    }
  }

  private static void node(Snapshot seen, GpuNode node, ObjectNode one) {
    one.put("name", node.name()).put("model", node.model());
    one.put("ready", node.ready()).put("cordoned", node.cordoned()).put("sharing", node.sharing());
    ArrayNode devices = one.putArray("devices");
    for (Device device : node.devices()) {
      ObjectNode entry =
          devices
              .addObject()
              .put("resource", device.resource())
              .put("unit", node.kind(device).noun())
              .put("capacity", node.has(device))
              .put("allocatable", node.offers(device));
      if (seen.roomKnown()) {
        entry.put("allocated", seen.used(node, device));
      }
    }
    use(seen.figures().gpus().map(gpus -> gpus.ofNode(node.name())).or(Optional.empty()), one);
    spent(seen.figures().nodes().map(all -> all.of(node.name())).or(Optional.empty()), one);
  }

  private static void pod(Snapshot seen, GpuPod pod, ObjectNode one) {
    one.put("namespace", pod.namespace()).put("name", pod.name()).put("node", pod.node());
    devices(pod.devices(), one.putObject("devices"));
    use(pod.use(), one);
    if (pod.idle().state() != Idle.State.UNKNOWN) {
      ObjectNode idle = one.putObject("idle").put("idle", pod.idle().idle());
      pod.idle()
          .since()
          .ifPresent(
              since -> idle.put("since", since.toString()).put("atLeast", pod.idle().atLeast()));
    }
    spent(seen.figures().pods().map(all -> all.of(pod.key())).or(Optional.empty()), one);
    one.put("owner", pod.owner().object()).put("person", pod.owner().person());
    one.put("queue", pod.queue());
    pod.created().ifPresent(created -> one.put("created", created.toString()));
  }

  private static void demand(Demand demand, ObjectNode one) {
    one.put("cause", demand.cause().name()).put("sentence", demand.cause().sentence());
    devices(demand.devices(), one.putObject("devices"));
    strings(demand.pods(), one.putArray("pods"));
    strings(demand.said(), one.putArray("said"));
  }

  private static void strings(List<String> all, ArrayNode into) {
    all.forEach(into::add);
  }

  private static void devices(Map<Device, Long> devices, ObjectNode into) {
    devices.forEach((device, number) -> into.put(device.resource(), number));
  }

  private static void use(Optional<GpuUse.Figure> use, ObjectNode one) {
    use.filter(GpuUse.Figure::tellsBusy)
        .ifPresent(figure -> one.put("utilisationPercent", figure.percent()));
    use.filter(GpuUse.Figure::tellsMemory)
        .ifPresent(
            figure ->
                one.put("gpuMemoryUsedMebibytes", figure.usedMebibytes())
                    .put("gpuMemoryMebibytes", figure.totalMebibytes()));
  }

  private static void spent(Optional<Spent.Figure> spent, ObjectNode one) {
    spent.ifPresent(
        figure -> one.put("cpuMilli", figure.milliCpu()).put("memoryBytes", figure.bytes()));
  }
}
