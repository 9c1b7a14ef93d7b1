package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Service accounts. */
final class ServiceAccountRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    Tree.dropEmpty(object, "secrets", "imagePullSecrets");
  }

  @Override
  public List<Column> columns() {
    return Columns.named().age().list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).age().cells();
  }
}
