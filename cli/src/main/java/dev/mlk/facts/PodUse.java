package dev.mlk.facts;

import dev.mlk.practice.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What pods that have not ended hold of their nodes. Only sums are kept, so that memory does not
 * grow with the number of pods.
 */
public final class PodUse {
  private final Map<String, Map<String, Quantity>> byNode = new HashMap<>();
  private final Map<String, Quantity> waiting = new HashMap<>();
  private int number;

  private PodUse() {}

  /** Reads all pods. */
  public static PodUse read(Reader reader) {
    PodUse use = new PodUse();
    reader.eachPage("/api/v1/pods", page -> page.path("items").forEach(use::add));
    return use;
  }

  private void add(JsonNode pod) {
    number++;
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

  /** How many pods there are, ended ones included. */
  public int number() {
    return number;
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
