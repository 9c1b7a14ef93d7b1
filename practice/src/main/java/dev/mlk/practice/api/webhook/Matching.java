package dev.mlk.practice.api.webhook;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.selector.LabelSelector;
import dev.mlk.practice.cel.CelException;
import dev.mlk.practice.cel.Condition;
import dev.mlk.practice.kind.ValidatingWebhooks;
import dev.mlk.practice.status.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a webhook is about a write. */
final class Matching {
  private static final int REMEMBERED = 200;
  private final Objects objects;

  /** Compiled conditions by their text; compiling takes longer than asking. */
  private final Map<String, Condition> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Condition> eldest) {
          return size() > REMEMBERED;
        }
      };

  Matching(Objects objects) {
    this.objects = objects;
  }

  /**
   * The resource as which the webhook's rules know it: the written one or the same in another
   * version; empty when they are not about it.
   */
  Optional<Resource> resource(JsonNode webhook, Attempt attempt) {
    Resource written = attempt.served().resource();
    if (ruled(webhook, attempt, written)) {
      return Optional.of(written);
    }
    if (!webhook.path("matchPolicy").asString("").equals("Equivalent")) {
      return Optional.empty();
    }
    for (String version : objects.catalog().versions(written.group())) {
      Optional<Resource> other =
          objects
              .catalog()
              .find(written.group(), version, written.plural())
              .map(Served::resource)
              .filter(resource -> ruled(webhook, attempt, resource));
      if (other.isPresent()) {
        return other;
      }
    }
    return Optional.empty();
  }

  private static boolean ruled(JsonNode webhook, Attempt attempt, Resource resource) {
    for (JsonNode rule : webhook.path("rules")) {
      String scope = rule.path("scope").asString("*");
      boolean placed =
          scope.equals("*") || scope.equals(resource.namespaced() ? "Namespaced" : "Cluster");
      if (placed
          && has(rule.path("operations"), attempt.operation().name())
          && has(rule.path("apiGroups"), resource.group())
          && has(rule.path("apiVersions"), resource.version())
          && part(rule.path("resources"), resource.plural(), attempt.subresource())) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(JsonNode list, String value) {
    for (JsonNode each : list) {
      if (each.asString("").equals("*") || each.asString("").equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean part(JsonNode list, String plural, String subresource) {
    for (JsonNode each : list) {
      String[] parts = each.asString("").split("/", 2);
      String sub = parts.length > 1 ? parts[1] : "";
      boolean resource = parts[0].equals("*") || parts[0].equals(plural);
      if (resource && (sub.equals("*") || sub.equals(subresource))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the webhook's selectors choose the object and its namespace. */
  boolean selected(JsonNode webhook, Attempt attempt) {
    return inNamespace(LabelSelector.of(webhook.path("namespaceSelector")), attempt)
        && ofObject(LabelSelector.of(webhook.path("objectSelector")), attempt);
  }

  private boolean inNamespace(LabelSelector selector, Attempt attempt) {
    if (selector.everything()) {
      return true;
    }
    if (attempt.served().resource().equals(Resources.NAMESPACES)) {
      return selector.matches(attempt.object());
    }
    return !attempt.served().resource().namespaced()
        || objects
            .find(Resources.NAMESPACES, "", attempt.namespace())
            .map(selector::matches)
            .orElse(true);
  }

  private static boolean ofObject(LabelSelector selector, Attempt attempt) {
    if (selector.everything()) {
      return true;
    }
    boolean deleted = attempt.operation() == Attempt.Operation.DELETE;
    return (!deleted && selector.matches(attempt.object()))
        || attempt.old().map(selector::matches).orElse(false);
  }

  /** Whether all conditions hold; throws a 403 when that cannot be said and matters. */
  boolean conditions(JsonNode webhook, Attempt attempt, JsonNode request) {
    CelException fault = null;
    for (JsonNode condition : webhook.path("matchConditions")) {
      try {
        String text = condition.path("expression").asString("");
        if (!condition(text).holds(variables(request))) {
          return false;
        }
      } catch (CelException e) {
        fault = fault == null ? e : fault;
      }
    }
    if (fault == null) {
      return true;
    }
    if (webhook.path("failurePolicy").asString("").equals("Ignore")) {
      return false;
    }
    throw ApiError.forbidden(attempt.served().resource(), attempt.name(), fault.getMessage());
  }

  private static Map<String, JsonNode> variables(JsonNode request) {
    Map<String, JsonNode> variables = new LinkedHashMap<>();
    for (String name : ValidatingWebhooks.CONDITION_VARIABLES) {
      variables.put(name, NullNode.getInstance());
    }
    variables.put("object", request.path("object"));
    variables.put("oldObject", request.path("oldObject"));
    ObjectNode rest = (ObjectNode) request.deepCopy();
    rest.remove(java.util.List.of("object", "oldObject"));
    variables.put("request", rest);
    return variables;
  }

  private Condition condition(String text) throws CelException {
    synchronized (compiled) {
      Condition known = compiled.get(text);
      if (known != null) {
        return known;
      }
    }
    Condition fresh = Condition.compile(text, ValidatingWebhooks.CONDITION_VARIABLES);
    synchronized (compiled) {
      compiled.put(text, fresh);
    }
    return fresh;
  }
}
