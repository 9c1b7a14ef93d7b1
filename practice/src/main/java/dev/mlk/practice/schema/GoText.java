package dev.mlk.practice.schema;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Prints a tree as Go's {@code %v} does: {@code map[a:1 b:[x y]]}. */
final class GoText {
  private GoText() {}

  static String of(JsonNode value) {
    StringBuilder text = new StringBuilder();
    print(value, text);
    return text.toString();
  }

  /** As {@code %s} does, which frowns at everything that is no text. */
  static String string(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isContainer()) {
      return of(value);
    }
    return value.isNull() ? "%!s(<nil>)" : "%!s(" + type(value) + "=" + value.asString() + ")";
  }

  /** The Go type that JSON is read into. */
  static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case ARRAY -> "[]interface {}";
      case OBJECT -> "map[string]interface {}";
      case NULL -> "%!s(<nil>)";
      default -> value.isIntegralNumber() ? "int64" : "float64";
    };
  }

  private static void print(JsonNode value, StringBuilder text) {
    if (value.isObject()) {
      TreeMap<String, JsonNode> sorted = new TreeMap<>();
      value.properties().forEach(e -> sorted.put(e.getKey(), e.getValue()));
      text.append("map[");
      String gap = "";
      for (var member : sorted.entrySet()) {
        text.append(gap).append(member.getKey()).append(':');
        print(member.getValue(), text);
        gap = " ";
      }
      text.append(']');
    } else if (value.isArray()) {
      text.append('[');
      String gap = "";
      for (JsonNode item : value) {
        text.append(gap);
        print(item, text);
        gap = " ";
      }
      text.append(']');
    } else {
      text.append(value.isNull() ? "<nil>" : value.asString());
    }
  }
}
