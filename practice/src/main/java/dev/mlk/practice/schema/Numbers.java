package dev.mlk.practice.schema;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values in which 1 and 1.0 are the same number, however they are held. */
final class Numbers {
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.isNumber() && b.isNumber()) {
          return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
      };

  private Numbers() {}

  static boolean equal(JsonNode a, JsonNode b) {
    return a.equals(BY_VALUE, b);
  }
}
