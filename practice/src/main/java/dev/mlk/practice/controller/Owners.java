package dev.mlk.practice.controller;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Owner references. */
final class Owners {
  private Owners() {}

  /** The reference to the controller of an object. */
  static Optional<JsonNode> controllerOf(JsonNode object) {
    for (JsonNode reference : Fields.at(object, "metadata", "ownerReferences")) {
      if (reference.path("controller").asBoolean(false)) {
        return Optional.of(reference);
      }
    }
    return Optional.empty();
  }

  static boolean controls(JsonNode owner, JsonNode object) {
    return controllerOf(object)
        .map(reference -> Fields.text(reference, "uid").equals(Fields.uid(owner)))
        .orElse(false);
  }

  /** Makes the owner the controller of a new object. */
  static void own(JsonNode owner, ObjectNode object) {
    Fields.object(object, "metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", Fields.text(owner, "apiVersion"))
        .put("kind", Fields.text(owner, "kind"))
        .put("name", Fields.name(owner))
        .put("uid", Fields.uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }
}
