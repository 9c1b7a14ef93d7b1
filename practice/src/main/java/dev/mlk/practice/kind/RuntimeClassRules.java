package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runtime classes. */
final class RuntimeClassRules implements KindRules {
  @Override
  public List<Column> columns() {
    return Columns.named().text("Handler", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(Tree.text(object, "handler")).age().cells();
  }
}
