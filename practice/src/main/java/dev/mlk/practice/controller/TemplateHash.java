package dev.mlk.practice.controller;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Short names for pod templates, in the letters that Kubernetes uses for them. */
final class TemplateHash {
  static final String LABEL = "pod-template-hash";
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private TemplateHash() {}

  /** FNV-1a over the template with its fields in order; a number tells collisions apart. */
  static String of(JsonNode template, int collisions) {
    StringBuilder text = new StringBuilder();
    write(without(template), text);
    text.append(collisions == 0 ? "" : "#" + collisions);
    int hash = 0x811c9dc5;
    for (byte b : text.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    StringBuilder name = new StringBuilder();
    String digits = Long.toString(hash & 0xffffffffL);
    for (int i = 0; i < digits.length(); i++) {
      name.append(LETTERS.charAt((digits.charAt(i) - '0' + i) % LETTERS.length()));
    }
    return name.toString();
  }

  /** Whether two templates are the same but for the hash label. */
  static boolean same(JsonNode a, JsonNode b) {
    return without(a).equals(without(b));
  }

  private static JsonNode without(JsonNode template) {
    ObjectNode copy = (ObjectNode) template.deepCopy();
    if (Fields.at(copy, "metadata", "labels") instanceof ObjectNode labels) {
      labels.remove(LABEL);
    }
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("creationTimestamp");
    }
    return copy;
  }

  private static void write(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      out.append('{');
      sorted.forEach(
          (name, value) -> {
            out.append(name).append(':');
            write(value, out);
            out.append(',');
          });
      out.append('}');
    } else if (node.isArray()) {
      out.append('[');
      for (JsonNode item : node) {
        write(item, out);
        out.append(',');
      }
      out.append(']');
    } else {
      out.append(node);
    }
  }
}
