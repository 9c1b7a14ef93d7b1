package dev.mlk.practice.schema;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a path in field ownership, as fieldsV1 writes it.
 *
 * @param kind what the step goes through
 * @param text a field's name, or the JSON of key fields, of a value or of an index
 */
record PathElement(Kind kind, String text) implements Comparable<PathElement> {
  /** In the order in which they are sorted. */
  enum Kind {
    FIELD("f:"),
    KEY("k:"),
    VALUE("v:"),
    INDEX("i:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  static PathElement field(String name) {
    return new PathElement(Kind.FIELD, name);
  }

  static PathElement value(JsonNode value) {
    return new PathElement(Kind.VALUE, json(value));
  }

  static PathElement key(Map<String, JsonNode> fields) {
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(fields).forEach(key::set);
    return new PathElement(Kind.KEY, json(key));
  }

  /** Reads {@code f:name}, {@code k:{...}}, {@code v:...} or {@code i:0}. */
  static PathElement parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.prefix)) {
        return new PathElement(kind, text.substring(2));
      }
    }
    throw new IllegalArgumentException("no path element: " + text);
  }

  private static String json(JsonNode value) {
    return JsonMapper.shared().writeValueAsString(value);
  }

  /** As fieldsV1 writes it. */
  String encoded() {
    return kind.prefix + text;
  }

  /**
   * As paths in messages are written: {@code .name}, {@code [name="a"]}, {@code [="a"]}, {@code
   * [0]}.
   */
  @Override
  public String toString() {
    return switch (kind) {
      case FIELD -> "." + text;
      case VALUE -> "[=" + text + "]";
      case INDEX -> "[" + text + "]";
      case KEY -> {
        StringBuilder shown = new StringBuilder("[");
        for (var field : JsonMapper.shared().readTree(text).properties()) {
          shown.append(shown.length() == 1 ? "" : ",");
          shown.append(field.getKey()).append('=').append(json(field.getValue()));
        }
        yield shown.append(']').toString();
      }
    };
  }

  @Override
  public int compareTo(PathElement other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : text.compareTo(other.text);
  }
}
