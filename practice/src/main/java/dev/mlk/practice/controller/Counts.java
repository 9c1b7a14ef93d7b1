package dev.mlk.practice.controller;

import tools.jackson.databind.node.ObjectNode;

/** Numbers of a status that are left out when they are zero, as Go's {@code omitempty} does. */
final class Counts {
  private Counts() {}

  static void put(ObjectNode status, String name, int count) {
    if (count == 0) {
      status.remove(name);
    } else {
      status.put(name, count);
    }
  }
}
