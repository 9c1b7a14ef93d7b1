package dev.mlk.practice.kind;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What differs between two trees, for the end of a refusal's message. */
final class SpecDifference {
  private SpecDifference() {}

  /** After a head line, a line with minus for each value before, with plus for each after. */
  static String text(JsonNode before, JsonNode after) {
    StringBuilder text = new StringBuilder("@@ -1 +1 @@\n");
    add("", before, after, text);
    return text.toString().stripTrailing();
  }

  private static void add(String path, JsonNode before, JsonNode after, StringBuilder text) {
    if (before.equals(after)) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Set<String> names = new TreeSet<>(before.propertyNames());
      names.addAll(after.propertyNames());
      for (String name : names) {
        String here = path.isEmpty() ? name : path + "." + name;
        add(here, before.path(name), after.path(name), text);
      }
      return;
    }
    line("- ", path, before, text);
    line("+ ", path, after, text);
  }

  private static void line(String sign, String path, JsonNode value, StringBuilder text) {
    if (!value.isMissingNode()) {
      text.append(sign).append(path).append(": ").append(value).append('\n');
    }
  }
}
