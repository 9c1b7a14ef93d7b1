package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Priority classes. */
final class PriorityClassRules implements KindRules {
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
