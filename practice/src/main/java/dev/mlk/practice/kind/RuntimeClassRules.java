package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runtime classes. */
final class RuntimeClassRules implements KindRules {
  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    String handler = Tree.text(object, "handler");
    findings.invalid("handler", handler, Names.label(handler, false));
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    if (!object.path("handler").equals(old.path("handler"))) {
      findings.invalid("handler", Tree.text(object, "handler"), "field is immutable");
    }
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Handler", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return Row.named(object, now).text(Tree.text(object, "handler")).age().cells();
  }
}
