package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Daemon sets. */
final class DaemonSetRules extends WithStatus {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    ObjectNode strategy = Tree.object(spec, "updateStrategy");
    Tree.fill(strategy, "type", "RollingUpdate");
    if (Tree.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Tree.object(strategy, "rollingUpdate");
      Tree.fill(rolling, "maxUnavailable", 1);
      Tree.fill(rolling, "maxSurge", 0);
    }
    Tree.fill(spec, "revisionHistoryLimit", 10);
    PodDefaults.template(Tree.object(spec, "template"));
    ObjectNode status = Tree.object(object, "status");
    for (String name :
        List.of(
            "currentNumberScheduled",
            "numberMisscheduled",
            "desiredNumberScheduled",
            "numberReady")) {
      Tree.fill(status, name, 0);
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    annotations(object).put(TEMPLATE_GENERATION, "1");
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    super.prepareUpdate(object, old);
    String number = Tree.text(old, "metadata", "annotations", TEMPLATE_GENERATION);
    long generation = number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 1;
    boolean changed =
        !object.path("spec").path("template").equals(Tree.at(old, "spec", "template"));
    annotations(object).put(TEMPLATE_GENERATION, Long.toString(generation + (changed ? 1 : 0)));
  }

  private static ObjectNode annotations(ObjectNode object) {
    return Tree.object(Tree.object(object, "metadata"), "annotations");
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .number("Desired", "Current", "Ready", "Up-to-date", "Available")
        .text("Node Selector", "Age")
        .wide("Containers", "Images", "Selector")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode template = object.path("spec").path("template").path("spec");
    JsonNode status = object.path("status");
    return Row.named(object, now)
        .number(Tree.number(status, "desiredNumberScheduled"))
        .number(Tree.number(status, "currentNumberScheduled"))
        .number(Tree.number(status, "numberReady"))
        .number(Tree.number(status, "updatedNumberScheduled"))
        .number(Tree.number(status, "numberAvailable"))
        .text(Labels.format(template.path("nodeSelector")))
        .age()
        .containers(template)
        .text(Labels.formatSelector(object.path("spec").path("selector")))
        .cells();
  }
}
