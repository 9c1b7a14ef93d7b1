package dev.mlk.job;

import dev.mlk.practice.quantity.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether a pod fits an empty node: what it asks for against what nodes have at all. */
public final class Fit {
  private Fit() {}

  /** Why no node could take the pod even if nothing else ran; empty when one could. */
  static Optional<String> never(JsonNode podSpec, List<JsonNode> nodes) {
    Map<String, Quantity> requests = requests(podSpec);
    List<String> reasons = new ArrayList<>();
    for (JsonNode node : nodes) {
      Optional<String> reason = against(podSpec, requests, node);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      if (!reasons.contains(reason.get())) {
        reasons.add(reason.get());
      }
    }
    return Optional.of(nodes.isEmpty() ? "the cluster has no nodes" : String.join("; ", reasons));
  }

  /** The sum of all containers' requests; a limit counts where no request is given. */
  public static Map<String, Quantity> requests(JsonNode podSpec) {
    Map<String, Quantity> sum = new LinkedHashMap<>();
    for (JsonNode container : podSpec.path("containers")) {
      Map<String, Quantity> own = new LinkedHashMap<>();
      add(own, container.path("resources").path("limits"));
      add(own, container.path("resources").path("requests"));
      own.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
    }
    return sum;
  }

  private static void add(Map<String, Quantity> own, JsonNode list) {
    list.properties()
        .forEach(
            entry ->
                Quantity.parse(entry.getValue().asString("0"))
                    .ifPresent(amount -> own.put(entry.getKey(), amount)));
  }

  private static Optional<String> against(
      JsonNode podSpec, Map<String, Quantity> requests, JsonNode node) {
    for (Map.Entry<String, JsonNode> wanted : podSpec.path("nodeSelector").properties()) {
      String value = wanted.getValue().asString("");
      if (!node.path("metadata").path("labels").path(wanted.getKey()).asString("").equals(value)) {
        return Optional.of(
            "no node with the label " + wanted.getKey() + "=" + value + " has room for it");
      }
    }
    JsonNode allocatable = node.path("status").path("allocatable");
    for (Map.Entry<String, Quantity> request : requests.entrySet()) {
      Quantity has =
          Quantity.parse(allocatable.path(request.getKey()).asString("0")).orElse(Quantity.of(0));
      if (has.compareTo(request.getValue()) < 0) {
        return Optional.of(
            "it asks for "
                + amount(request.getKey(), request.getValue())
                + ", and a node has "
                + has);
      }
    }
    return Optional.empty();
  }

  private static String amount(String resource, Quantity quantity) {
    return quantity + " " + resource;
  }
}
