package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    DataValidation.keys(object.path("data"), "data", findings);
    for (String key : Tree.map(object.path("data")).keySet()) {
      if (object.path("binaryData").has(key)) {
        findings.invalid("data[" + key + "]", key, "duplicate of key present in binaryData");
      }
    }
    DataValidation.keys(object.path("binaryData"), "binaryData", findings);
    DataValidation.size("[]", findings, object.path("data"), object.path("binaryData"));
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    DataValidation.frozen(object, old, findings, "data", "binaryData");
    findings.addAll(validate(object));
    return findings.list();
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
