package dev.mlk.practice.quota;

import dev.mlk.kube.Resource;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.select.PodResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How much of a quota's resources an object uses. */
public final class QuotaUsage {
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

  /**
   * What the object uses, by the names of {@code spec.hard}; only names that the quota may hold.
   * Finished pods use nothing but their {@code count/pods}.
   */
  public static Map<String, Quantity> of(Resource resource, JsonNode object) {
    Map<String, Quantity> used = new HashMap<>();
    used.put("count/" + resource.qualifiedName(), Quantity.of(1));
    if (!resource.group().isEmpty()) {
      return used;
    }
    if (resource.plural().equals("pods")) {
      pod(object, used);
      return used;
    }
    if (COUNTED_BY_NAME.contains(resource.plural())) {
      used.put(resource.plural(), Quantity.of(1));
    }
    switch (resource.plural()) {
      case "services" -> service(object, used);
      case "persistentvolumeclaims" -> claim(object, used);
      default -> {
        // Nothing but its number.
      }
    }
    return used;
  }

  private static void pod(JsonNode pod, Map<String, Quantity> used) {
    String phase = pod.path("status").path("phase").asString("");
    if (phase.equals("Succeeded") || phase.equals("Failed")) {
      return;
    }
    used.put("pods", Quantity.of(1));
    amounts(PodResources.requests(pod), "requests.", used);
    amounts(PodResources.limits(pod), "limits.", used);
  }

  private static void amounts(
      Map<String, Long> amounts, String prefix, Map<String, Quantity> used) {
    amounts.forEach(
        (name, amount) -> {
          Quantity quantity = Quantity.ofUnits(name, amount);
          used.put(prefix + name, quantity);
          if (prefix.equals("requests.") && name.indexOf('/') < 0) {
            used.put(name, quantity);
          }
        });
  }

  private static void service(JsonNode service, Map<String, Quantity> used) {
    String type = service.path("spec").path("type").asString("ClusterIP");
    boolean balanced = type.equals("LoadBalancer");
    if (balanced) {
      used.put("services.loadbalancers", Quantity.of(1));
    }
    if (balanced || type.equals("NodePort")) {
      used.put("services.nodeports", Quantity.of(service.path("spec").path("ports").size()));
    }
  }

  private static void claim(JsonNode claim, Map<String, Quantity> used) {
    String size =
        claim.path("spec").path("resources").path("requests").path("storage").asString("0");
    Quantity storage = Quantity.parse(size).orElse(Quantity.of(0));
    used.put("requests.storage", storage);
    String storageClass = claim.path("spec").path("storageClassName").asString("");
    if (!storageClass.isEmpty()) {
      String prefix = storageClass + ".storageclass.storage.k8s.io/";
      used.put(prefix + "persistentvolumeclaims", Quantity.of(1));
      used.put(prefix + "requests.storage", storage);
    }
  }

  /** Whether a quota's scopes let it count the pod; quotas without scopes count everything. */
  public static boolean counts(JsonNode quota, Resource resource, JsonNode object) {
    JsonNode spec = quota.path("spec");
    JsonNode expressions = spec.path("scopeSelector").path("matchExpressions");
    if (spec.path("scopes").isEmpty() && expressions.isEmpty()) {
      return true;
    }
    if (!resource.group().isEmpty() || !resource.plural().equals("pods")) {
      return false;
    }
    for (JsonNode scope : spec.path("scopes")) {
      if (!inScope(scope.asString(""), object)) {
        return false;
      }
    }
    for (JsonNode expression : expressions) {
      if (!holds(expression, object)) {
        return false;
      }
    }
    return true;
  }

  private static boolean inScope(String scope, JsonNode pod) {
    boolean deadline = pod.path("spec").path("activeDeadlineSeconds").isNumber();
    return switch (scope) {
      case "Terminating" -> deadline;
      case "NotTerminating" -> !deadline;
      case "BestEffort" -> bestEffort(pod);
      case "NotBestEffort" -> !bestEffort(pod);
      case "PriorityClass" -> !priorityClass(pod).isEmpty();
      case "CrossNamespacePodAffinity" -> crossesNamespaces(pod.path("spec").path("affinity"));
      default -> false;
    };
  }

  /** Only CPU and memory make a pod better than best effort. */
  private static boolean bestEffort(JsonNode pod) {
    return !wants(PodResources.requests(pod)) && !wants(PodResources.limits(pod));
  }

  private static boolean wants(Map<String, Long> amounts) {
    return amounts.getOrDefault("cpu", 0L) > 0 || amounts.getOrDefault("memory", 0L) > 0;
  }

  /** Whether a pod wants to be near or far from pods of other namespaces. */
  private static boolean crossesNamespaces(JsonNode affinity) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      JsonNode terms = affinity.path(kind);
      for (JsonNode term : terms.path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term)) {
          return true;
        }
      }
      for (JsonNode term : terms.path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean crosses(JsonNode term) {
    return !term.path("namespaces").isEmpty() || term.path("namespaceSelector").isObject();
  }

  private static String priorityClass(JsonNode pod) {
    return pod.path("spec").path("priorityClassName").asString("");
  }

  private static boolean holds(JsonNode expression, JsonNode pod) {
    String scope = expression.path("scopeName").asString("");
    if (!scope.equals("PriorityClass")) {
      return inScope(scope, pod);
    }
    boolean listed = false;
    for (JsonNode value : expression.path("values")) {
      listed |= value.asString("").equals(priorityClass(pod));
    }
    return switch (expression.path("operator").asString("")) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> !priorityClass(pod).isEmpty();
      case "DoesNotExist" -> priorityClass(pod).isEmpty();
      default -> false;
    };
  }
}
