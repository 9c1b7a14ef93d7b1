package dev.mlk.practice.schema;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in the defaults of a structural schema; a null that may not be is as good as nothing. */
final class Defaulting {
  private Defaulting() {}

  static void apply(JsonNode value, Structural schema) {
    if (schema == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      object(object, schema);
    } else if (value.isArray()) {
      value.forEach(item -> apply(item, schema.items()));
    }
  }

  private static void object(ObjectNode object, Structural schema) {
    for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
      JsonNode value = object.get(property.getKey());
      boolean absent = value == null || (value.isNull() && !property.getValue().nullable());
      if (absent && property.getValue().word("default").isMissingNode()) {
        object.remove(property.getKey());
      } else if (absent) {
        object.set(property.getKey(), property.getValue().word("default").deepCopy());
      }
    }
    for (String key : List.copyOf(object.propertyNames())) {
      Structural member = schema.member(key);
      boolean free = !schema.properties().containsKey(key);
      if (free && member != null && object.get(key).isNull() && !member.nullable()) {
        object.remove(key);
      } else {
        apply(object.get(key), member);
      }
    }
  }
}
