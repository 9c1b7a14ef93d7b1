package dev.mlk.practice.select;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The {@code LabelSelector} of apps, batch, policy and affinity terms. */
public final class LabelSelector {
  private LabelSelector() {}

  /**
   * Whether labels satisfy a selector. A selector that is not there selects nothing, an empty one
   * everything.
   *
   * @param selector {@code matchLabels} and {@code matchExpressions}
   * @param labels a {@code metadata.labels} node, missing for none
   */
  public static boolean matches(JsonNode selector, JsonNode labels) {
    if (!selector.isObject()) {
      return false;
    }
    if (!contains(selector.path("matchLabels"), labels)) {
      return false;
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      String value = labels.path(expression.path("key").asString("")).asString(null);
      if (!holds(expression, value)) {
        return false;
      }
    }
    return true;
  }

  /** Whether labels have all of these: a service's or node's plain selector; none means yes. */
  public static boolean contains(JsonNode wanted, JsonNode labels) {
    for (Map.Entry<String, JsonNode> label : wanted.properties()) {
      if (!label.getValue().asString("").equals(labels.path(label.getKey()).asString(null))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a requirement holds for the value of its key, null for none. */
  static boolean holds(JsonNode requirement, String value) {
    return switch (requirement.path("operator").asString("")) {
      case "In" -> value != null && among(requirement.path("values"), value);
      case "NotIn" -> value == null || !among(requirement.path("values"), value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> compare(value, requirement.path("values")) > 0;
      case "Lt" -> compare(value, requirement.path("values")) < 0;
      default -> false;
    };
  }

  private static boolean among(JsonNode values, String value) {
    for (JsonNode one : values) {
      if (one.asString("").equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static int compare(String value, JsonNode values) {
    try {
      return value == null || values.isEmpty()
          ? 0
          : Long.compare(Long.parseLong(value), Long.parseLong(values.path(0).asString("")));
    } catch (NumberFormatException e) {
      return 0; // neither greater nor less, as the API server's validation lets nothing else in
    }
  }
}
