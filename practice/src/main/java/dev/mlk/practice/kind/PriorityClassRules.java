package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Priority classes. */
final class PriorityClassRules implements KindRules {
  private static final int LARGEST = 1_000_000_000;
  private static final List<String> SYSTEM =
      List.of("system-cluster-critical", "system-node-critical");

  @Override
  public void defaults(ObjectNode object) {
    Tree.fill(object, "value", 0);
    Tree.fill(object, "preemptionPolicy", "PreemptLowerPriority");
    if (object.has("globalDefault") && !Tree.flag(object, "globalDefault")) {
      object.remove("globalDefault");
    }
    Tree.dropEmpty(object, "description");
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public boolean generationDiffers(ObjectNode object, ObjectNode old) {
    return false;
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    boolean system = Tree.text(object, "metadata", "name").startsWith("system-");
    if (system && !SYSTEM.contains(Tree.text(object, "metadata", "name"))) {
      findings.forbidden(
          "metadata.name",
          "priority class names with 'system-' prefix are reserved for system use only");
    } else if (!system && Tree.number(object, "value") > LARGEST) {
      findings.forbidden("value", "maximum allowed value of a user defined priority is " + LARGEST);
    }
    findings.oneOfIfPresent(object, "preemptionPolicy", "", "PreemptLowerPriority", "Never");
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    if (Tree.number(object, "value") != Tree.number(old, "value")) {
      findings.forbidden("value", "may not be changed in an update.");
    }
    if (!object.path("preemptionPolicy").equals(old.path("preemptionPolicy"))) {
      findings.invalid(
          "preemptionPolicy", Tree.text(object, "preemptionPolicy"), "field is immutable");
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .number("Value")
        .flag("Global-Default")
        .text("Age", "PreemptionPolicy")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now)
        .number(Tree.number(object, "value"))
        .flag(Tree.flag(object, "globalDefault"))
        .age()
        .text(Tree.text(object, "preemptionPolicy"))
        .cells();
  }
}
