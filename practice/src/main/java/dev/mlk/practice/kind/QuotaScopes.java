package dev.mlk.practice.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The scopes of a quota and what may be counted in them. */
final class QuotaScopes {
  /** Resources without a domain in their names that a quota may count. */
  static final Set<String> STANDARD =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage",
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");

  private static final Set<String> OF_PODS =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");

  private static final Set<String> SCOPES =
      Set.of(
          "BestEffort",
          "NotBestEffort",
          "Terminating",
          "NotTerminating",
          "PriorityClass",
          "CrossNamespacePodAffinity",
          "VolumeAttributesClass");

  private static final String EXISTS_ONLY =
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
          + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
          + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

  private QuotaScopes() {}

  /** A name without a domain must be one that quotas know. */
  static void resource(String name, String path, Findings findings) {
    if (name.indexOf('/') < 0 && !STANDARD.contains(name)) {
      findings.invalid(path, name, "must be a standard resource type or fully qualified");
      findings.invalid(path, name, "must be a standard resource for quota");
    }
  }

  static void validate(JsonNode spec, Findings findings) {
    JsonNode scopes = spec.path("scopes");
    if (!scopes.isEmpty()) {
      List<String> names = Tree.texts(scopes);
      for (String scope : names) {
        if (!SCOPES.contains(scope)) {
          findings.invalid("spec.scopes", scopes, "unsupported scope");
        } else if (!fits(scope, spec)) {
          findings.invalid("spec.scopes", scopes, "unsupported scope applied to resource");
        }
      }
      if (conflict(names)) {
        findings.invalid("spec.scopes", scopes, "conflicting scopes");
      }
    }
    selector(spec, findings);
  }

  private static void selector(JsonNode spec, Findings findings) {
    String path = "spec.scopeSelector.matchExpressions";
    List<ObjectNode> expressions =
        Tree.objects(spec.path("scopeSelector").path("matchExpressions"));
    for (ObjectNode expression : expressions) {
      String scope = Tree.text(expression, "scopeName");
      String operator = Tree.text(expression, "operator");
      if (!SCOPES.contains(scope)) {
        findings.invalid(path + ".scopeName", scope, "unsupported scope");
      } else if (!fits(scope, spec)) {
        findings.invalid(path, spec.path("scopeSelector"), "unsupported scope applied to resource");
      }
      boolean fixed = SCOPES.contains(scope) && !scope.endsWith("Class");
      if (fixed && !operator.equals("Exists")) {
        findings.invalid(path + ".operator", operator, EXISTS_ONLY);
      }
      values(expression, operator, path, findings);
    }
    if (conflict(expressions.stream().map(each -> Tree.text(each, "scopeName")).toList())) {
      findings.invalid("spec.scopeSelector", spec.path("scopeSelector"), "conflicting scopes");
    }
  }

  private static void values(
      ObjectNode expression, String operator, String path, Findings findings) {
    boolean none = expression.path("values").isEmpty();
    switch (operator) {
      case "In", "NotIn" -> {
        if (none) {
          findings.required(
              path + ".values",
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!none) {
          findings.invalid(
              path + ".values",
              expression.path("values"),
              "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector");
        }
      }
      default -> findings.invalid(path + ".operator", operator, "not a valid selector operator");
    }
  }

  /** Whether everything that is counted can be in the scope. */
  private static boolean fits(String scope, JsonNode spec) {
    Set<String> legal =
        switch (scope) {
          case "BestEffort" -> Set.of("pods");
          case "VolumeAttributesClass" -> Set.of("persistentvolumeclaims", "requests.storage");
          default -> OF_PODS;
        };
    for (String name : spec.path("hard").propertyNames()) {
      if (STANDARD.contains(name) && !legal.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private static boolean conflict(List<String> names) {
    Set<String> all = new HashSet<>(names);
    return all.containsAll(Set.of("BestEffort", "NotBestEffort"))
        || all.containsAll(Set.of("Terminating", "NotTerminating"));
  }
}
