package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments. */
final class DeploymentRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Tree.fill(spec, "replicas", 1);
    ObjectNode strategy = Tree.object(spec, "strategy");
    Tree.fill(strategy, "type", "RollingUpdate");
    if (Tree.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Tree.object(strategy, "rollingUpdate");
      Tree.fill(rolling, "maxUnavailable", "25%");
      Tree.fill(rolling, "maxSurge", "25%");
    }
    Tree.fill(spec, "revisionHistoryLimit", 10);
    Tree.fill(spec, "progressDeadlineSeconds", 600);
    PodDefaults.template(Tree.object(spec, "template"));
    Tree.object(object, "status");
  }

  @Override
  public boolean generationDiffers(ObjectNode object, ObjectNode old) {
    // Annotations count: they are copied to the replica sets.
    return super.generationDiffers(object, old)
        || !Tree.map(Tree.at(object, "metadata", "annotations"))
            .equals(Tree.map(Tree.at(old, "metadata", "annotations")));
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Ready", "Up-to-date", "Available", "Age")
        .wide("Containers", "Images", "Selector")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    JsonNode status = object.path("status");
    return Row.named(object, now)
        .text(Tree.number(status, "readyReplicas") + "/" + Tree.number(spec, "replicas"))
        .number(Tree.number(status, "updatedReplicas"))
        .number(Tree.number(status, "availableReplicas"))
        .age()
        .containers(spec.path("template").path("spec"))
        .text(Labels.formatSelector(spec.path("selector")))
        .cells();
  }
}
