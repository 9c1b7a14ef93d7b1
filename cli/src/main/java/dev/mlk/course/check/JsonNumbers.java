package dev.mlk.course.check;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as trees. */
final class JsonNumbers {
  private JsonNumbers() {}

  static JsonNode of(long number) {
    return JsonNodeFactory.instance.numberNode(number);
  }
}
