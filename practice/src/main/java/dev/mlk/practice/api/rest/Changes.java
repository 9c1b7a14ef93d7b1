package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Metadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a write changes anything. */
final class Changes {
  private Changes() {}

  /** Whether the two differ in nothing but the times in their managed fields. */
  static boolean none(ObjectNode object, ObjectNode old) {
    return timeless(object).equals(timeless(old));
  }

  private static ObjectNode timeless(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    for (JsonNode entry : copy.path("metadata").path("managedFields")) {
      ((ObjectNode) entry).remove("time");
    }
    Metadata.of(copy).remove("resourceVersion");
    return copy;
  }
}
