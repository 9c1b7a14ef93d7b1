package dev.mlk.practice.api.crd;

import dev.mlk.practice.kind.Ages;
import dev.mlk.practice.kind.KindRules.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The table of a custom kind: its name, then the columns that its definition names, else the age.
 */
final class PrinterColumns {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private final List<Column> columns = new ArrayList<>();
  private final List<JsonPath> paths = new ArrayList<>();

  PrinterColumns(JsonNode declared) {
    columns.add(new Column("Name", "string", "name", "Name must be unique within a namespace.", 0));
    for (JsonNode column : declared) {
      columns.add(
          new Column(
              column.path("name").asString(""),
              column.path("type").asString(""),
              column.path("format").asString(""),
              column.path("description").asString(""),
              column.path("priority").asInt(0)));
      paths.add(new JsonPath(column.path("jsonPath").asString("")));
    }
    if (declared.isEmpty()) {
      columns.add(new Column("Age", "date", "", "CreationTimestamp of the object.", 0));
      paths.add(new JsonPath(".metadata.creationTimestamp"));
    }
  }

  List<Column> columns() {
    return List.copyOf(columns);
  }

  List<JsonNode> cells(ObjectNode object, Instant now) {
    List<JsonNode> cells = new ArrayList<>();
    cells.add(object.path("metadata").path("name"));
    for (int i = 0; i < paths.size(); i++) {
      List<JsonNode> found = paths.get(i).find(object);
      cells.add(cell(columns.get(i + 1).type(), found, now));
    }
    return cells;
  }

  private static JsonNode cell(String type, List<JsonNode> found, Instant now) {
    if (found.isEmpty() || found.getFirst().isNull()) {
      return NODES.nullNode();
    }
    JsonNode value = found.getFirst();
    return switch (type) {
      case "integer" -> value.isNumber() ? NODES.numberNode(value.asLong()) : NODES.nullNode();
      case "number" -> value.isNumber() ? value : NODES.nullNode();
      case "boolean" -> value.isBoolean() ? value : NODES.nullNode();
      case "date" -> NODES.stringNode(Ages.since(value, now));
      default -> text(found);
    };
  }

  private static JsonNode text(List<JsonNode> found) {
    if (found.size() == 1 && !found.getFirst().isContainer()) {
      return NODES.stringNode(found.getFirst().asString());
    }
    List<String> texts = new ArrayList<>();
    found.forEach(node -> texts.add(node.isContainer() ? node.toString() : node.asString()));
    return NODES.stringNode(String.join(" ", texts));
  }
}
