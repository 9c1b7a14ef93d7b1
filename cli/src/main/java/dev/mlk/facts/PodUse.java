package dev.mlk.facts;

import dev.mlk.kube.Request;
import dev.mlk.practice.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What pods that have not ended hold of their nodes. Only sums are kept, so that memory does not
 * grow with the number of pods.
 */
public final class PodUse {
  /** What of a pod says nothing about what it holds. */
  private static final Set<String> UNREAD =
      Stream.concat(
              Reader.UNREAD_OF_PODS.stream(),
              Stream.of("annotations", "conditions", "containerStatuses", "tolerations"))
          .collect(Collectors.toUnmodifiableSet());

  private final Map<String, Map<String, Quantity>> byNode = new HashMap<>();
  private final Map<String, Quantity> waiting = new HashMap<>();

  private PodUse() {}

  /** Reads all pods. */
  public static PodUse read(Reader reader) {
    PodUse use = new PodUse();
    Request all =
        Request.of("GET", "/api/v1/pods")
            .query("fieldSelector", "status.phase!=Succeeded,status.phase!=Failed");
    reader.each(all, UNREAD, use::add);
    return use;
  }

  private void add(JsonNode pod) {
    String phase = pod.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    String node = pod.path("spec").path("nodeName").asString("");
    Map<String, Quantity> sum =
        node.isEmpty() ? waiting : byNode.computeIfAbsent(node, _ -> new HashMap<>());
    for (JsonNode container : pod.path("spec").path("containers")) {
      container
          .path("resources")
          .path("requests")
          .properties()
          .forEach(
              entry ->
                  Quantity.parse(entry.getValue().asString("0"))
                      .ifPresent(q -> sum.merge(entry.getKey(), q, Quantity::plus)));
    }
    sum.merge("pods", Quantity.of(1), Quantity::plus);
  }

  /** What pods on the node asked for of the resource. */
  public Quantity used(String node, String resource) {
    return byNode.getOrDefault(node, Map.of()).getOrDefault(resource, Quantity.of(0));
  }

  /** What pods without a node ask for of the resource. */
  public Quantity waiting(String resource) {
    return waiting.getOrDefault(resource, Quantity.of(0));
  }
}
