package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pod disruption budgets. */
final class PodDisruptionBudgetRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    Tree.object(object, "spec");
    ObjectNode status = Tree.object(object, "status");
    for (String name :
        List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
      Tree.fill(status, name, 0);
    }
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Min Available", "Max Unavailable")
        .number("Allowed Disruptions")
        .age()
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    return Row.named(object, now)
        .textOr(Tree.text(spec, "minAvailable"), "N/A")
        .textOr(Tree.text(spec, "maxUnavailable"), "N/A")
        .number(Tree.number(object, "status", "disruptionsAllowed"))
        .age()
        .cells();
  }
}
