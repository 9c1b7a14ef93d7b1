package dev.mlk.format;

import dev.mlk.kube.JsonText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees from and to text. */
public final class Json {
  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty list. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The tree of a text; throws Jackson's exception when it is not JSON. */
  public static JsonNode read(String text) {
    return JsonText.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Indented text without a line end. */
  public static String write(JsonNode tree) {
    return JsonText.indented(tree);
  }

  /** The text in one line, without a line end. */
  public static String writeLine(JsonNode tree) {
    return JsonText.line(tree);
  }
}
