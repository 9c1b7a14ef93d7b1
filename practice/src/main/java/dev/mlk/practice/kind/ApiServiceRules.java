package dev.mlk.practice.kind;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What serves a version of a group. Nobody writes such objects: they follow from what is served.
 */
final class ApiServiceRules implements KindRules {
  @Override
  public List<Column> columns() {
    return Columns.named()
        .column(
            new Column(
                "Service",
                "string",
                "",
                "The reference to the service that hosts this API endpoint.",
                0))
        .column(new Column("Available", "string", "", "Whether this service is available.", 0))
        .age()
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    String available = "Unknown";
    for (ObjectNode condition : Tree.objects(object.path("status").path("conditions"))) {
      if (Tree.text(condition, "type").equals("Available")) {
        available = Tree.text(condition, "status");
      }
    }
    return Row.named(object, now).text("Local").text(available).age().cells();
  }
}
