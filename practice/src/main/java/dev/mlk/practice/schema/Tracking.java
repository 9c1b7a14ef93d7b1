package dev.mlk.practice.schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Moves ownership after writes: who changes a field owns it, and what is gone nobody owns. */
final class Tracking {
  /** What belongs to the server, whoever writes it. */
  private static final FieldSet SERVERS =
      ManagedFields.ignored(
          List.of(
              "apiVersion",
              "kind",
              "metadata",
              "metadata.name",
              "metadata.namespace",
              "metadata.creationTimestamp",
              "metadata.selfLink",
              "metadata.uid",
              "metadata.clusterName",
              "metadata.generation",
              "metadata.managedFields",
              "metadata.resourceVersion"));

  private final TypeSchema type;
  private final FieldSet ignored;
  private final String time;

  Tracking(TypeSchema type, FieldSet ignored, Instant time) {
    this.type = type;
    this.ignored = ignored;
    this.time = text(time);
  }

  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Fields that a manager may own at all. */
  static FieldSet ownable(FieldSet fields) {
    return fields.difference(SERVERS);
  }

  void update(ObjectNode old, ObjectNode result, Ownership owners, FieldManager writer) {
    Comparison difference = Comparison.of(old, result, type, ignored);
    FieldSet changed = difference.changed();
    for (FieldManager manager : new ArrayList<>(owners.owners().keySet())) {
      owners.take(manager, changed.union(difference.removed()));
    }
    FieldSet own = ownable(changed);
    if (!own.isEmpty()) {
      owners.set(writer, owners.fields(writer).union(own), writer.apiVersion(), time);
    }
  }
}
