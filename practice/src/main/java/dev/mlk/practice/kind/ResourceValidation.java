package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.quantity.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What containers may ask for: names and amounts of resources. */
final class ResourceValidation {
  private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
  private static final Set<String> STANDARD = standard();

  private ResourceValidation() {}

  /** What a quota may count without a domain in its name, and {@code storage} of claims. */
  private static Set<String> standard() {
    Set<String> names = new HashSet<>(QuotaScopes.STANDARD);
    names.add("storage");
    return Set.copyOf(names);
  }

  /** Checks a container's limits and requests. */
  static void requirements(JsonNode resources, String path, Findings findings) {
    JsonNode limits = resources.path("limits");
    JsonNode requests = resources.path("requests");
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      String here = path + ".limits[" + limit.getKey() + "]";
      containerName(limit.getKey(), here, findings);
      amount(limit.getKey(), limit.getValue(), here, findings);
    }
    for (Map.Entry<String, JsonNode> request : requests.properties()) {
      String here = path + ".requests[" + request.getKey() + "]";
      containerName(request.getKey(), here, findings);
      amount(request.getKey(), request.getValue(), here, findings);
      requestAgainstLimit(request, limits.path(request.getKey()), path, findings);
    }
  }

  private static void requestAgainstLimit(
      Map.Entry<String, JsonNode> request, JsonNode limitNode, String path, Findings findings) {
    String name = request.getKey();
    Optional<Quantity> limit = Amounts.of(limitNode);
    Quantity wanted = Amounts.of(request.getValue()).orElse(Quantity.of(0));
    if (limit.isEmpty()) {
      if (!mayExceed(name)) {
        findings.required(path + ".limits", "Limit must be set for non overcommitable resources");
      }
      return;
    }
    int difference = wanted.compareTo(limit.get());
    if (difference != 0 && !mayExceed(name)) {
      findings.invalid(
          path + ".requests",
          wanted.toString(),
          "must be equal to " + name + " limit of " + limit.get());
    } else if (difference > 0) {
      findings.invalid(
          path + ".requests",
          wanted.toString(),
          "must be less than or equal to " + name + " limit of " + limit.get());
    }
  }

  /** Checks an amount: not negative, and whole where only whole ones can be given out. */
  static void amount(String name, JsonNode node, String path, Findings findings) {
    Quantity amount = Amounts.of(node).orElse(Quantity.of(0));
    if (amount.amount().signum() < 0) {
      findings.invalid(path, amount.toString(), "must be greater than or equal to 0");
    }
    if (isInteger(name) && !amount.whole()) {
      findings.invalid(path, amount.toString(), "must be an integer");
    }
  }

  private static void containerName(String name, String path, Findings findings) {
    List<String> texts = Names.qualifiedName(name);
    findings.invalid(path, name, texts);
    boolean qualified = name.contains("/");
    if (!qualified) {
      if (texts.isEmpty() && !STANDARD.contains(name) && !hugePages(name)) {
        findings.invalid(path, name, "must be a standard resource type or fully qualified");
      }
      if (!CONTAINER.contains(name) && !hugePages(name)) {
        findings.invalid(path, name, "must be a standard resource for containers");
      }
    } else if (!isNative(name) && !isExtended(name)) {
      findings.invalid(path, name, "doesn't follow extended resource name standard");
    }
  }

  /** Checks the name of a resource outside of containers. */
  static void name(String name, String path, Findings findings) {
    List<String> texts = Names.qualifiedName(name);
    findings.invalid(path, name, texts);
    if (texts.isEmpty() && !name.contains("/") && !STANDARD.contains(name) && !hugePages(name)) {
      findings.invalid(path, name, "must be a standard resource type or fully qualified");
    }
  }

  /** Whether requests may be below limits: only for Kubernetes' own resources but huge pages. */
  private static boolean mayExceed(String name) {
    return isNative(name) && !hugePages(name);
  }

  private static boolean isNative(String name) {
    return !name.contains("/") || name.contains("kubernetes.io/");
  }

  /** Whether it is a device's resource, such as a GPU. */
  static boolean isExtended(String name) {
    return !isNative(name)
        && !name.startsWith("requests.")
        && Names.qualifiedName("requests." + name).isEmpty();
  }

  private static boolean isInteger(String name) {
    return isExtended(name)
        || name.startsWith("count/")
        || Set.of(
                "pods",
                "resourcequotas",
                "services",
                "replicationcontrollers",
                "secrets",
                "configmaps",
                "persistentvolumeclaims",
                "services.nodeports",
                "services.loadbalancers")
            .contains(name);
  }

  private static boolean hugePages(String name) {
    return name.startsWith("hugepages-");
  }

  /** Checks the amounts of a node or a quota, with the names by the given rule. */
  static void amounts(ObjectNode resources, String path, Findings findings) {
    for (Map.Entry<String, JsonNode> entry : resources.properties()) {
      String here = path + "[" + entry.getKey() + "]";
      name(entry.getKey(), here, findings);
      amount(entry.getKey(), entry.getValue(), here, findings);
    }
  }
}
