package dev.mlk.practice.kind;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events of the group events.k8s.io. They are the same objects as the core group's and are kept in
 * its form, whose names for some fields are older.
 */
final class EventsGroupRules extends EventRules {
  private static final Map<String, String> OLDER_NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  @Override
  public void defaults(ObjectNode object) {
    OLDER_NAMES.forEach(
        (name, older) -> {
          JsonNode value = object.remove(name);
          if (value != null && !value.isNull()) {
            object.set(older, value);
          }
        });
    super.defaults(object);
  }

  @Override
  public void show(ObjectNode object) {
    OLDER_NAMES.forEach(
        (name, older) -> {
          JsonNode value = object.remove(older);
          if (value != null) {
            object.set(name, value);
          }
        });
    Tree.dropEmpty(object, "reportingController", "reportingInstance", "note");
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    // A writer of the newer form may not know the older one's fields, but does not take them away.
    OLDER_NAMES.forEach(
        (name, older) -> {
          if (!Tree.has(object, name) && !Tree.has(object, older)) {
            Tree.keep(object, old, older);
          }
        });
  }
}
