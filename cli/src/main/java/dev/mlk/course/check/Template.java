package dev.mlk.course.check;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Texts of modules with <code>${name}</code> and <code>${=expression}</code> in them. */
public final class Template {
  private Template() {}

  /**
   * The text with everything replaced that is known; the rest stays as it is.
   *
   * @param value gives the value of what stands between the braces, or null
   */
  public static String fill(String text, Function<String, String> value) {
    var filled = new StringBuilder();
    int at = 0;
    while (true) {
      int start = text.indexOf("${", at);
      int end = start < 0 ? -1 : text.indexOf('}', start);
      if (end < 0) {
        return filled.append(text, at, text.length()).toString();
      }
      String known = value.apply(text.substring(start + 2, end));
      filled.append(text, at, start);
      filled.append(known == null ? text.substring(start, end + 1) : known);
      at = end + 1;
    }
  }

  /** The tree with all its texts filled. */
  static JsonNode fill(JsonNode tree, Function<String, String> value) {
    if (tree instanceof ObjectNode object) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(e -> filled.set(e.getKey(), fill(e.getValue(), value)));
      return filled;
    }
    if (tree instanceof ArrayNode list) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      list.forEach(item -> filled.add(fill(item, value)));
      return filled;
    }
    if (tree.isString() && tree.asString().contains("${")) {
      return JsonNodeFactory.instance.stringNode(fill(tree.asString(), value));
    }
    return tree;
  }
}
