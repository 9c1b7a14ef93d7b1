package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replica sets. */
final class ReplicaSetRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.fill(spec, "replicas", 1);
    PodDefaults.template(Tree.object(spec, "template"));
    Tree.fill(Tree.object(object, "status"), "replicas", 0);
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    findings.notNegative(spec, "spec", "replicas", "minReadySeconds");
    WorkloadValidation.selectorAndTemplate(spec, findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    findings.immutable(object.path("spec"), old.path("spec"), "selector", "spec");
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .number("Desired", "Current", "Ready")
        .age()
        .wide("Containers", "Images", "Selector")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    return Row.named(object, now)
        .number(Tree.number(spec, "replicas"))
        .number(Tree.number(status, "replicas"))
        .number(Tree.number(status, "readyReplicas"))
        .age()
        .containers(spec.path("template").path("spec"))
        .text(Labels.formatSelector(spec.path("selector")))
        .cells();
  }
}
