package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    ObjectNode spec = Tree.object(object, "spec");
    findings.notNegative(spec, "spec", "replicas");
    WorkloadValidation.selectorAndTemplate(spec, findings);
    strategy(Tree.object(spec, "strategy"), findings);
    findings.notNegative(
        spec, "spec", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");
    long deadline = Tree.number(spec, "progressDeadlineSeconds");
    if (deadline <= Tree.number(spec, "minReadySeconds")) {
      findings.invalid(
          "spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
    }
    return findings.list();
  }

  private static void strategy(ObjectNode strategy, Findings findings) {
    String path = "spec.strategy";
    JsonNode rolling = strategy.path("rollingUpdate");
    switch (Tree.text(strategy, "type")) {
      case "Recreate" -> {
        if (rolling.isObject()) {
          findings.forbidden(
              path + ".rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> {
        JsonNode unavailable = rolling.path("maxUnavailable");
        JsonNode surge = rolling.path("maxSurge");
        String here = path + ".rollingUpdate.";
        WorkloadValidation.numberOrPercent(unavailable, here + "maxUnavailable", findings);
        WorkloadValidation.numberOrPercent(surge, here + "maxSurge", findings);
        if (WorkloadValidation.amount(unavailable) == 0 && WorkloadValidation.amount(surge) == 0) {
          findings.invalid(
              here + "maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0");
        }
        WorkloadValidation.atMostAll(unavailable, here + "maxUnavailable", findings);
      }
      default ->
          findings.add(
              FieldError.notSupported(
                  path, strategy.toString(), List.of("Recreate", "RollingUpdate")));
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    findings.immutable(object.path("spec"), old.path("spec"), "selector", "spec");
    return findings.list();
  }

  @Override
  public List<String> warnings(ObjectNode object) {
    return PodWarnings.of(Tree.at(object, "spec", "template", "spec"), "spec.template.");
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
