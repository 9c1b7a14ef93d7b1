package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resource quotas. */
final class ResourceQuotaRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    Amounts.canonicalMap(spec.path("hard"));
    ObjectNode status = Tree.object(object, "status");
    Amounts.canonicalMap(status.path("hard"));
    Amounts.canonicalMap(status.path("used"));
  }

  @Override
  public boolean hasGeneration() {
    return false;
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    for (Map.Entry<String, JsonNode> hard : Tree.at(object, "spec", "hard").properties()) {
      String path = "spec.hard[" + hard.getKey() + "]";
      findings.invalid(path, hard.getKey(), Names.qualifiedName(hard.getKey()));
      QuotaScopes.resource(hard.getKey(), path, findings);
      ResourceValidation.amount(hard.getKey(), hard.getValue(), path, findings);
    }
    QuotaScopes.validate(object.path("spec"), findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    findings.addAll(validate(object));
    findings.immutable(object.path("spec"), old.path("spec"), "scopes", "spec");
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return Columns.named().text("Request", "Limit", "Age").list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    List<String> requests = new ArrayList<>();
    List<String> limits = new ArrayList<>();
    JsonNode status = object.path("status");
    for (String name : Tree.map(status.path("hard")).keySet()) {
      String used = Amounts.text(status.path("used").path(name));
      String hard = Amounts.text(status.path("hard").path(name));
      (name.startsWith("limits.") ? limits : requests).add(name + ": " + used + "/" + hard);
    }
    return Row.named(object, now)
        .text(String.join(", ", requests))
        .text(String.join(", ", limits))
        .age()
        .cells();
  }
}
