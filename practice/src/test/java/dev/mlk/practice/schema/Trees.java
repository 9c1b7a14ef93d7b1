package dev.mlk.practice.schema;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Trees written in tests, with single quotes where JSON has double ones. */
final class Trees {
  private Trees() {}

  static ObjectNode object(String text) {
    return Bodies.json(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).object();
  }

  static JsonNode value(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
