package dev.mlk.practice.select;

import tools.jackson.databind.JsonNode;

/** The {@code NodeSelector} of node affinity and of volumes. */
public final class NodeSelector {
  private NodeSelector() {}

  /** Whether the node is one that the pod insists on, by nodeSelector and required affinity. */
  public static boolean admits(JsonNode pod, JsonNode node) {
    JsonNode spec = pod.path("spec");
    if (!LabelSelector.contains(spec.path("nodeSelector"), node.path("metadata").path("labels"))) {
      return false;
    }
    JsonNode required =
        spec.path("affinity")
            .path("nodeAffinity")
            .path("requiredDuringSchedulingIgnoredDuringExecution");
    return !required.isObject() || anyTerm(required.path("nodeSelectorTerms"), node);
  }

  /** Whether one of the terms holds for the node; none holds of an empty list. */
  public static boolean anyTerm(JsonNode terms, JsonNode node) {
    for (JsonNode term : terms) {
      if (term(term, node)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a term holds for the node; an empty term holds for none. */
  public static boolean term(JsonNode term, JsonNode node) {
    JsonNode expressions = term.path("matchExpressions");
    JsonNode fields = term.path("matchFields");
    if (expressions.isEmpty() && fields.isEmpty()) {
      return false;
    }
    JsonNode metadata = node.path("metadata");
    for (JsonNode expression : expressions) {
      String key = expression.path("key").asString("");
      if (!LabelSelector.holds(expression, metadata.path("labels").path(key).asString(null))) {
        return false;
      }
    }
    for (JsonNode field : fields) {
      if (!LabelSelector.holds(field, metadata.path("name").asString(""))) {
        return false;
      }
    }
    return true;
  }
}
