package dev.mlk.practice.api.rest;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch of one of the four types. */
interface Patch {
  /** Changes the object, which it may use up. */
  ObjectNode apply(ObjectNode object);

  /** Whether it makes the object when there is none. */
  default boolean creates() {
    return false;
  }

  /** The patch in a call's body. */
  static Patch of(Action action) {
    JsonNode body = Json.read(action.call().body());
    return switch (Bodies.mediaType(action.call())) {
      case "application/merge-patch+json", "application/strategic-merge-patch+json" ->
          object -> (ObjectNode) merge(object, body);
      default -> throw ApiError.unsupportedMediaType("415: Unsupported Media Type");
    };
  }

  private static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object : Json.object();
    patch
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                result.remove(member.getKey());
              } else {
                JsonNode before = result.path(member.getKey());
                result.set(member.getKey(), merge(before, member.getValue()));
              }
            });
    return result;
  }
}
