package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Leases. */
final class LeaseRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    Tree.object(object, "spec");
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode spec = object.path("spec");
    long duration = Tree.number(spec, "leaseDurationSeconds");
    if (Tree.has(spec, "leaseDurationSeconds") && duration <= 0) {
      findings.invalid("spec.leaseDurationSeconds", duration, "must be greater than 0");
    }
    findings.notNegative(spec, "spec", "leaseTransitions");
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Holder", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(Tree.text(object, "spec", "holderIdentity")).age().cells();
  }
}
