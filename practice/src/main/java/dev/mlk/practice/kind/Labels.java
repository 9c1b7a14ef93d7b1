package dev.mlk.practice.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Labels and selectors as tables show them. */
final class Labels {
  private static final String NONE = "<none>";

  private Labels() {}

  /** {@code a=b,c=d} in alphabetical order, or {@code <none>}. */
  static String format(JsonNode labels) {
    List<String> pairs = new ArrayList<>();
    Tree.map(labels).forEach((key, value) -> pairs.add(key + "=" + value));
    return pairs.isEmpty() ? NONE : String.join(",", pairs);
  }

  /** A label selector as a query would say it, or {@code <none>}. */
  static String formatSelector(JsonNode selector) {
    Map<String, String> terms = new TreeMap<>();
    Tree.map(selector.path("matchLabels"))
        .forEach((key, value) -> terms.put(key + "\0", key + "=" + value));
    int number = 0;
    for (ObjectNode expression : Tree.objects(selector.path("matchExpressions"))) {
      String key = Tree.text(expression, "key");
      terms.put(key + "\0" + ++number, term(key, expression));
    }
    return terms.isEmpty() ? NONE : String.join(",", terms.values());
  }

  private static String term(String key, ObjectNode expression) {
    List<String> values = Tree.texts(expression.path("values"));
    values.sort(null);
    String list = "(" + String.join(",", values) + ")";
    return switch (Tree.text(expression, "operator")) {
      case "In" -> key + " in " + list;
      case "NotIn" -> key + " notin " + list;
      case "DoesNotExist" -> "!" + key;
      default -> key;
    };
  }

  /** Whether a label selector picks these labels; a selector that is not there picks none. */
  static boolean matches(JsonNode selector, JsonNode labels) {
    if (!selector.isObject()) {
      return false;
    }
    for (Map.Entry<String, String> wanted : Tree.map(selector.path("matchLabels")).entrySet()) {
      JsonNode value = labels.get(wanted.getKey());
      if (value == null || !value.asString("").equals(wanted.getValue())) {
        return false;
      }
    }
    for (ObjectNode expression : Tree.objects(selector.path("matchExpressions"))) {
      if (!matchesExpression(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesExpression(ObjectNode expression, JsonNode labels) {
    JsonNode value = labels.get(Tree.text(expression, "key"));
    boolean listed =
        value != null && Tree.texts(expression.path("values")).contains(value.asString(""));
    return switch (Tree.text(expression, "operator")) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false;
    };
  }
}
