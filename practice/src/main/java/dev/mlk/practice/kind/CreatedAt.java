package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The table of kinds that Kubernetes has no table for: name and time of creation. */
final class CreatedAt {
  private CreatedAt() {}

  static List<KindRules.Column> columns() {
    return Columns.named()
        .column(new KindRules.Column("Created At", "date", "", "when it was created", 0))
        .list();
  }

  static List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(Tree.text(object, "metadata", "creationTimestamp")).cells();
  }
}
