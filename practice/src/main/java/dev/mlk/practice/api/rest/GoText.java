package dev.mlk.practice.api.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A patch as Go's {@code %v} prints it, applied, when its nulls are gone: {@code map[a:1 b:[x]]}.
 */
final class GoText {
  private GoText() {}

  static String of(JsonNode node) {
    if (node.isObject()) {
      List<String> entries = new ArrayList<>();
      for (String name : new TreeSet<>(node.propertyNames())) {
        if (!node.get(name).isNull()) {
          entries.add(name + ":" + of(node.get(name)));
        }
      }
      return "map[" + String.join(" ", entries) + "]";
    }
    if (node.isArray()) {
      return "[" + String.join(" ", node.valueStream().map(GoText::of).toList()) + "]";
    }
    return node.isNull() ? "<nil>" : node.asString();
  }
}
