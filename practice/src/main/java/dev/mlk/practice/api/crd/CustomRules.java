package dev.mlk.practice.api.crd;

import dev.mlk.practice.kind.KindRules;
import dev.mlk.practice.schema.CustomSchema;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules that a definition's schema sets for its objects. */
final class CustomRules implements KindRules {
  private final CustomSchema schema;
  private final boolean statusApart;
  private final PrinterColumns printer;
  private final Map<String, JsonPath> selectable = new LinkedHashMap<>();

  CustomRules(CustomSchema schema, JsonNode version) {
    this.schema = schema;
    this.statusApart = version.path("subresources").has("status");
    this.printer = new PrinterColumns(version.path("additionalPrinterColumns"));
    for (JsonNode field : version.path("selectableFields")) {
      String path = field.path("jsonPath").asString("");
      selectable.put(path.startsWith(".") ? path.substring(1) : path, new JsonPath(path));
    }
  }

  @Override
  public void defaults(ObjectNode object) {
    schema.applyDefaults(object);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    if (statusApart) {
      object.remove("status");
    }
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    if (statusApart) {
      keep(object, old, "status");
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    JsonNode managed = object.path("metadata").path("managedFields");
    for (String name : List.copyOf(object.propertyNames())) {
      if (!name.equals("status")) {
        object.remove(name);
      }
    }
    for (String name : old.propertyNames()) {
      if (!name.equals("status")) {
        object.set(name, old.get(name).deepCopy());
      }
    }
    if (managed.isArray()) {
      ((ObjectNode) object.path("metadata")).set("managedFields", managed);
    }
  }

  private static void keep(ObjectNode object, ObjectNode old, String name) {
    if (old.has(name)) {
      object.set(name, old.get(name).deepCopy());
    } else {
      object.remove(name);
    }
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public boolean generationDiffers(ObjectNode object, ObjectNode old) {
    return !essence(object).equals(essence(old));
  }

  private ObjectNode essence(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.remove("metadata");
    if (statusApart) {
      copy.remove("status");
    }
    return copy;
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    return schema.validate(object, null);
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    return schema.validate(object, old);
  }

  @Override
  public List<FieldError> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    return schema.validate(object, old);
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    Map<String, String> fields = new LinkedHashMap<>();
    selectable.forEach(
        (name, path) -> {
          List<JsonNode> found = path.find(object);
          fields.put(name, found.isEmpty() ? "" : found.getFirst().asString(""));
        });
    return fields;
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public List<Column> columns() {
    return printer.columns();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return printer.cells(object, now);
  }
}
