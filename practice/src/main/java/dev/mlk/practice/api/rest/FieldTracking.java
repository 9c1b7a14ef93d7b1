package dev.mlk.practice.api.rest;

import dev.mlk.practice.schema.ManagedFields;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Who wrote which field: {@code metadata.managedFields}. */
final class FieldTracking {
  private final InstantSource clock;

  FieldTracking(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes the fields of a new object, before the server adds its own. */
  void created(Action action, ObjectNode object) {
    track(action, object, null);
  }

  /** Notes the fields that a write changes, before the server adds its own. */
  void changed(Action action, ObjectNode object, ObjectNode old) {
    track(action, object, old);
  }

  private void track(Action action, ObjectNode object, ObjectNode old) {
    boolean applied = Bodies.mediaType(action.call()).equals("application/apply-patch+yaml");
    if (applied || action.served().type().isEmpty()) {
      return;
    }
    ManagedFields.track(
        object,
        old,
        action.served().type().get(),
        new ManagedFields.UpdateOptions(
            action.fieldManager(),
            action.served().resource().apiVersion(),
            action.subresource(),
            clock.instant(),
            ignored(action)));
  }

  /** How this call applies. */
  ManagedFields.ApplyOptions applying(Action action) {
    return new ManagedFields.ApplyOptions(
        action.call().query("fieldManager"),
        action.served().resource().apiVersion(),
        action.subresource(),
        clock.instant(),
        action.call().asks("force"),
        ignored(action));
  }

  /** What the path that is written to cannot set. */
  private static List<String> ignored(Action action) {
    if (action.subresource().equals("status")) {
      return List.of("spec");
    }
    return action.served().has("status") ? List.of("status") : List.of();
  }
}
