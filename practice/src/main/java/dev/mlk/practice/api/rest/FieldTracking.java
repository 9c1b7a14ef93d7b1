package dev.mlk.practice.api.rest;

import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/** Who wrote which field: {@code metadata.managedFields}. */
final class FieldTracking {
  private final InstantSource clock;

  FieldTracking(InstantSource clock) {
    this.clock = clock;
  }

  void created(Action action, ObjectNode object) {}

  void changed(Action action, ObjectNode object, ObjectNode old) {}
}
