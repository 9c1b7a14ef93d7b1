package dev.mlk.practice.controller;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code conditions} list of a status. */
final class Conditions {
  private Conditions() {}

  /**
   * Sets a condition; a transition time changes only with the status.
   *
   * @param now the time as the API writes it
   * @return whether anything changed
   */
  static boolean set(ObjectNode status, String now, ObjectNode condition) {
    ArrayNode list =
        status.get("conditions") instanceof ArrayNode there ? there : status.putArray("conditions");
    String type = Fields.text(condition, "type");
    for (int i = 0; i < list.size(); i++) {
      JsonNode old = list.get(i);
      if (Fields.text(old, "type").equals(type)) {
        if (same(old, condition, "status")
            && same(old, condition, "reason")
            && same(old, condition, "message")) {
          return false;
        }
        boolean kept = same(old, condition, "status");
        condition.put("lastTransitionTime", kept ? Fields.text(old, "lastTransitionTime") : now);
        list.set(i, condition);
        return true;
      }
    }
    condition.put("lastTransitionTime", now);
    list.add(condition);
    return true;
  }

  static boolean has(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (Fields.text(condition, "type").equals(type)) {
        return true;
      }
    }
    return false;
  }

  static boolean remove(ObjectNode status, String type) {
    boolean found = false;
    if (status.get("conditions") instanceof ArrayNode list) {
      for (int i = list.size() - 1; i >= 0; i--) {
        if (Fields.text(list.get(i), "type").equals(type)) {
          list.remove(i);
          found = true;
        }
      }
      if (list.isEmpty()) {
        status.remove("conditions");
      }
    }
    return found;
  }

  static ObjectNode of(String type, String status, String reason, String message) {
    ObjectNode condition = Fields.newObject().put("type", type).put("status", status);
    if (!reason.isEmpty()) {
      condition.put("reason", reason);
    }
    if (!message.isEmpty()) {
      condition.put("message", message);
    }
    return condition;
  }

  private static boolean same(JsonNode a, JsonNode b, String field) {
    return Fields.text(a, field).equals(Fields.text(b, field));
  }
}
