package dev.mlk.practice.api.rest;

import tools.jackson.databind.node.ObjectNode;

/** Whether the fields of a body are those of its kind. */
final class FieldChecks {
  private FieldChecks() {}

  static void check(Action action, ObjectNode object) {}
}
