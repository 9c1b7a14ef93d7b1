package dev.mlk.practice.kind;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets. */
final class SecretRules implements KindRules {
  @Override
  public void defaults(ObjectNode object) {
    for (Map.Entry<String, String> entry : Tree.map(object.path("stringData")).entrySet()) {
      byte[] bytes = entry.getValue().getBytes(StandardCharsets.UTF_8);
      Tree.object(object, "data").put(entry.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
    object.remove("stringData");
    Tree.dropEmpty(object, "data");
    Tree.fill(object, "type", "Opaque");
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    return Map.of("type", Tree.text(object, "type"));
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Type", "Data", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now)
        .text(Tree.text(object, "type"))
        .number(object.path("data").size())
        .age()
        .cells();
  }
}
