package dev.mlk.practice.api.rest;

import tools.jackson.databind.node.ObjectNode;

/** Who wrote which field: {@code metadata.managedFields}. */
final class FieldTracking {
  void created(Action action, ObjectNode object) {}

  void changed(Action action, ObjectNode object, ObjectNode old) {}
}
