package dev.mlk.gpu.verify;

import dev.mlk.facts.Dra;
import dev.mlk.facts.Reader;
import dev.mlk.kube.Request;
import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which pods hold how many devices of each node. Pods that ask for no device are not kept. */
final class Holders {
  /** No pod holds anything. */
  static final Holders NONE = new Holders();

  /**
   * A pod with devices.
   *
   * @param pod namespace and name
   * @param count how many of the resource
   */
  record Holder(String pod, long count) {}

  private final Map<String, Map<String, List<Holder>>> byNode = new HashMap<>();

  private Holders() {}

  /**
   * Reads all pods that have a node and have not ended, page by page.
   *
   * @param dra which claims hold which devices
   */
  static Holders read(Reader reader, Dra dra) {
    Holders holders = new Holders();
    Request running =
        Request.of("GET", "/api/v1/pods")
            .query("fieldSelector", "spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed");
    reader.each(running, Reader.UNREAD_OF_PODS, pod -> holders.add(pod, dra));
    return holders;
  }

  private void add(JsonNode pod, Dra dra) {
    Map<String, Long> held = new HashMap<>(dra.of(pod));
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (Map.Entry<String, JsonNode> limit :
          container.path("resources").path("limits").properties()) {
        if (Offer.isDevice(limit.getKey())) {
          long count =
              Quantity.parse(limit.getValue().asString("0")).map(Quantity::units).orElse(0L);
          held.merge(limit.getKey(), count, Long::sum);
        }
      }
    }
    JsonNode metadata = pod.path("metadata");
    String name = metadata.path("namespace").asString("") + "/" + metadata.path("name").asString();
    held.forEach(
        (resource, count) ->
            byNode
                .computeIfAbsent(pod.path("spec").path("nodeName").asString(), _ -> new HashMap<>())
                .computeIfAbsent(resource, _ -> new ArrayList<>())
                .add(new Holder(name, count)));
  }

  /** The pods that hold some of a node's resource. */
  List<Holder> of(String node, String resource) {
    return byNode.getOrDefault(node, Map.of()).getOrDefault(resource, List.of());
  }
}
