package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode spec = object.path("spec");
    JsonNode available = spec.path("minAvailable");
    JsonNode unavailable = spec.path("maxUnavailable");
    if (!available.isMissingNode() && !unavailable.isMissingNode()) {
      // Kubernetes shows its own type here, whose names begin with capitals.
      ObjectNode shown = object.objectNode();
      shown.set("MinAvailable", available);
      shown.set("Selector", Tree.has(spec, "selector") ? spec.path("selector") : null);
      shown.set("MaxUnavailable", unavailable);
      shown.putNull("UnhealthyPodEvictionPolicy");
      findings.invalid("spec", shown, "minAvailable and maxUnavailable cannot be both set");
    }
    WorkloadValidation.numberOrPercent(available, "spec.minAvailable", findings);
    WorkloadValidation.atMostAll(available, "spec.minAvailable", findings);
    WorkloadValidation.numberOrPercent(unavailable, "spec.maxUnavailable", findings);
    WorkloadValidation.atMostAll(unavailable, "spec.maxUnavailable", findings);
    LabelValidation.selector(spec.path("selector"), "spec.selector", findings);
    return findings.list();
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
