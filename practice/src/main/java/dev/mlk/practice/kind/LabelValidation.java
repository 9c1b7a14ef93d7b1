package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kubernetes' rules for labels and label selectors, with its texts. */
final class LabelValidation {
  private LabelValidation() {}

  /** Checks a map of labels. */
  static void labels(JsonNode labels, String path, Findings findings) {
    for (Map.Entry<String, String> label : Tree.map(labels).entrySet()) {
      findings.invalid(path, label.getKey(), Names.qualifiedName(label.getKey()));
      findings.invalid(path, label.getValue(), Names.labelValue(label.getValue()));
    }
  }

  /** Checks a label selector; one that is not there is fine. */
  static void selector(JsonNode selector, String path, Findings findings) {
    labels(selector.path("matchLabels"), path + ".matchLabels", findings);
    int index = 0;
    for (ObjectNode requirement : Tree.objects(selector.path("matchExpressions"))) {
      requirement(requirement, path + ".matchExpressions[" + index++ + "]", false, findings);
    }
  }

  /**
   * Checks one requirement of a selector.
   *
   * @param node whether it selects nodes, which may also be compared by Gt and Lt
   */
  static void requirement(ObjectNode requirement, String path, boolean node, Findings findings) {
    String operator = Tree.text(requirement, "operator");
    List<String> values = Tree.texts(requirement.path("values"));
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          findings.required(
              path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          findings.forbidden(
              path + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case String other when node && (other.equals("Gt") || other.equals("Lt")) -> {
        if (values.size() != 1) {
          findings.required(
              path + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> findings.invalid(path + ".operator", operator, "not a valid selector operator");
    }
    String key = Tree.text(requirement, "key");
    findings.invalid(path + ".key", key, Names.qualifiedName(key));
    for (int i = 0; i < values.size(); i++) {
      findings.invalid(path + ".values[" + i + "]", values.get(i), Names.labelValue(values.get(i)));
    }
  }
}
