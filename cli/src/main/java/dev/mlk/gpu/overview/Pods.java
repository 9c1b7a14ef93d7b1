package dev.mlk.gpu.overview;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Reader;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.PodResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * The pods that have not ended. Of those without devices only the sums by node stay, so that memory
 * grows with the GPUs that are asked for and not with the cluster.
 */
final class Pods {
  private static final String NOT_ENDED = "status.phase!=Succeeded,status.phase!=Failed";

  private final List<GpuPod> holders = new ArrayList<>();
  private final List<WaitingPod> waiting = new ArrayList<>();
  private final List<Exporter> exporters = new ArrayList<>();
  private final Map<String, Map<String, Long>> used = new HashMap<>();

  private final Dra dra;

  /** None so far. */
  Pods(Dra dra) {
    this.dra = dra;
  }

  /**
   * Reads them page by page.
   *
   * @param namespace the namespace, empty for all
   * @param dra which claims hold which devices
   */
  static Pods read(Reader reader, String namespace, Dra dra) {
    Pods pods = new Pods(dra);
    each(reader, namespace, pod -> pods.add(pod, dra));
    return pods;
  }

  /** Hands over the pods that have not ended, one by one. */
  static void each(Reader reader, String namespace, Consumer<JsonNode> take) {
    Request all =
        Request.of("GET", Resources.PODS.path(namespace)).query("fieldSelector", NOT_ENDED);
    reader.each(all, Reader.UNREAD_OF_PODS, take);
  }

  /** Takes a pod; one that has ended holds nothing. */
  void add(JsonNode pod, Dra claims) {
    String phase = pod.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    Map<String, Long> requests = PodResources.requests(pod);
    Map<String, Long> all = new HashMap<>(requests);
    claims.of(pod).forEach((resource, amount) -> all.merge(resource, amount, Long::sum));
    String node = pod.path("spec").path("nodeName").asString("");
    boolean devices = Device.any(all);
    if (node.isEmpty()) {
      if (devices) {
        waiting.add(WaitingPod.of(pod, all));
      }
      return;
    }
    Map<String, Long> sum = used.computeIfAbsent(node, _ -> new HashMap<>());
    requests.forEach((resource, amount) -> sum.merge(resource, amount, Long::sum));
    sum.merge("pods", 1L, Long::sum);
    if (devices) {
      holders.add(GpuPod.of(pod, all));
    }
    Exporter.of(pod).ifPresent(exporters::add);
  }

  /** Pods on nodes that hold devices. */
  List<GpuPod> holders() {
    return holders;
  }

  /** Pods without a node that ask for devices. */
  List<WaitingPod> waiting() {
    return waiting;
  }

  /** The exporters that can be asked. */
  List<Exporter> exporters() {
    return exporters;
  }

  /** What pods on a node ask for of a resource together. */
  long used(String node, String resource) {
    Map<String, Long> from = resource.startsWith(Dra.CLASS) ? dra.used(node) : used.get(node);
    return from == null ? 0 : from.getOrDefault(resource, 0L);
  }

  /** The nodes that pods are on. */
  List<String> nodes() {
    return used.keySet().stream().sorted().toList();
  }
}
