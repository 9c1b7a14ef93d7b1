package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Config maps. */
final class ConfigMapRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    Tree.dropEmpty(object, "data", "binaryData");
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Data").age().list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    int keys = object.path("data").size() + object.path("binaryData").size();
    return Row.named(object, now).number(keys).age().cells();
  }
}
