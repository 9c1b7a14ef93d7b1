package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    LabelValidation.selector(spec.path("selector"), "spec.selector", findings);
    WorkloadValidation.matching(spec, findings);
    if (Tree.has(spec, "selector") && WorkloadValidation.emptySelector(spec)) {
      findings.invalid(
          "spec.selector", spec.path("selector"), "empty selector is invalid for daemonset");
    }
    WorkloadValidation.alwaysTemplate(spec, "DaemonSet", findings);
    findings.notNegative(spec, "spec", "minReadySeconds");
    strategy(spec.path("updateStrategy"), findings);
    findings.notNegative(spec, "spec", "revisionHistoryLimit");
    return findings.list();
  }

  private static void strategy(JsonNode strategy, Findings findings) {
    String path = "spec.updateStrategy";
    switch (Tree.text(strategy, "type")) {
      case "OnDelete" -> {
        // Nothing else to say about it.
      }
      case "RollingUpdate" -> {
        String here = path + ".rollingUpdate.";
        JsonNode unavailable = strategy.path("rollingUpdate").path("maxUnavailable");
        JsonNode surge = strategy.path("rollingUpdate").path("maxSurge");
        WorkloadValidation.numberOrPercent(unavailable, here + "maxUnavailable", findings);
        WorkloadValidation.numberOrPercent(surge, here + "maxSurge", findings);
        WorkloadValidation.atMostAll(unavailable, here + "maxUnavailable", findings);
        WorkloadValidation.atMostAll(surge, here + "maxSurge", findings);
        boolean missing = WorkloadValidation.amount(unavailable) != 0;
        boolean more = WorkloadValidation.amount(surge) != 0;
        if (missing && more) {
          findings.invalid(
              here + "maxSurge", surge, "may not be set when maxUnavailable is non-zero");
        } else if (!missing && !more) {
          findings.required(here + "maxUnavailable", "cannot be 0 when maxSurge is 0");
        }
      }
      default ->
          findings.notSupported(
              path + ".type", Tree.text(strategy, "type"), "RollingUpdate", "OnDelete");
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.immutable(object.path("spec"), old.path("spec"), "selector", "spec");
    findings.addAll(validate(object));
    return findings.list();
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
