package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Limit ranges. */
final class LimitRangeRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    for (ObjectNode item : Tree.objects(Tree.object(object, "spec").path("limits"))) {
      for (String name :
          List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
        Amounts.canonicalMap(item.path(name));
      }
      if (Tree.text(item, "type").equals("Container")) {
        Tree.object(item, "default");
        Tree.object(item, "defaultRequest");
        copyMissing(item, "max", "default");
        copyMissing(item, "default", "defaultRequest");
        copyMissing(item, "min", "defaultRequest");
      }
      Tree.dropEmpty(item, "default", "defaultRequest", "max", "min", "maxLimitRequestRatio");
    }
  }

  private static void copyMissing(ObjectNode item, String from, String to) {
    ObjectNode target = Tree.object(item, to);
    item.path(from)
        .properties()
        .forEach(
            entry -> {
              if (!Tree.has(target, entry.getKey())) {
                target.set(entry.getKey(), entry.getValue());
              }
            });
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    LimitRangeValidation.limits(object.path("spec").path("limits"), findings);
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return CreatedAt.columns();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return CreatedAt.cells(object, now);
  }
}
