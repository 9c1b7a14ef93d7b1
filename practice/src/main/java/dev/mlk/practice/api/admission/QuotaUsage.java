package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How much of what quotas count an object uses. */
final class QuotaUsage {
  private static final Set<String> COUNTED_BY_NAME =
      Set.of(
          "pods",
          "services",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "resourcequotas",
          "replicationcontrollers");

  private QuotaUsage() {}

  /** Whether the object still counts: finished pods do not. */
  static boolean counts(Resource resource, JsonNode object) {
    String phase = object.path("status").path("phase").asString("");
    return !resource.equals(Resources.PODS)
        || !(phase.equals("Succeeded") || phase.equals("Failed"));
  }

  static Map<String, Quantity> of(Resource resource, ObjectNode object) {
    Map<String, Quantity> usage = new TreeMap<>();
    usage.put("count/" + resource.qualifiedName(), Quantity.of(1));
    if (resource.group().isEmpty() && COUNTED_BY_NAME.contains(resource.plural())) {
      usage.put(resource.plural(), Quantity.of(1));
    }
    if (resource.equals(Resources.PODS)) {
      pod(object.path("spec"), usage);
    } else if (resource.equals(Resources.SERVICES)) {
      String type = object.path("spec").path("type").asString("");
      if (!type.equals("ClusterIP") && !type.equals("ExternalName")) {
        usage.put("services.nodeports", Quantity.of(object.path("spec").path("ports").size()));
      }
      if (type.equals("LoadBalancer")) {
        usage.put("services.loadbalancers", Quantity.of(1));
      }
    } else if (resource.equals(Resources.VOLUME_CLAIMS)) {
      add(
          usage,
          "requests.storage",
          object.path("spec").path("resources").path("requests").path("storage"));
    }
    return usage;
  }

  /** Containers add up; what a single init container wants more counts instead. */
  private static void pod(JsonNode spec, Map<String, Quantity> usage) {
    Map<String, Quantity> sum = new TreeMap<>();
    for (JsonNode container : spec.path("containers")) {
      container(container, sum);
    }
    for (JsonNode container : spec.path("initContainers")) {
      Map<String, Quantity> own = new TreeMap<>();
      container(container, own);
      own.forEach(
          (name, amount) ->
              sum.merge(name, amount, (one, other) -> one.compareTo(other) < 0 ? other : one));
    }
    usage.putAll(sum);
  }

  private static void container(JsonNode container, Map<String, Quantity> sum) {
    for (String kind : new String[] {"requests", "limits"}) {
      container
          .path("resources")
          .path(kind)
          .properties()
          .forEach(
              entry -> {
                add(sum, kind + "." + entry.getKey(), entry.getValue());
                if (kind.equals("requests")) {
                  add(sum, entry.getKey(), entry.getValue());
                }
              });
    }
  }

  private static void add(Map<String, Quantity> sum, String name, JsonNode amount) {
    Quantity.parse(amount.asString("")).ifPresent(q -> sum.merge(name, q, Quantity::plus));
  }
}
