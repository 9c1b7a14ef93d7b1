package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What config maps and secrets have in common. */
final class DataValidation {
  private static final int LARGEST = 1024 * 1024;

  private DataValidation() {}

  /** Checks the keys of a map of data. */
  static void keys(JsonNode data, String path, Findings findings) {
    for (String key : Tree.map(data).keySet()) {
      findings.invalid(path + "[" + key + "]", key, Names.configKey(key));
    }
  }

  /** Checks that all values together are small enough. */
  static void size(String path, Findings findings, JsonNode... maps) {
    long bytes = 0;
    for (JsonNode map : maps) {
      for (JsonNode value : map) {
        bytes += value.asString("").length();
      }
    }
    if (bytes > LARGEST) {
      findings.tooLong(path, LARGEST);
    }
  }

  /** What is marked immutable stays so, with all that it holds. */
  static void frozen(ObjectNode object, ObjectNode old, Findings findings, String... names) {
    if (!Tree.flag(old, "immutable")) {
      return;
    }
    String text = "field is immutable when `immutable` is set";
    if (!Tree.flag(object, "immutable")) {
      findings.forbidden("immutable", text);
    }
    for (String name : names) {
      if (!Tree.map(object.path(name)).equals(Tree.map(old.path(name)))) {
        findings.forbidden(name, text);
      }
    }
  }
}
