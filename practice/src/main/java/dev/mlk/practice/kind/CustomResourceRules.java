package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Definitions of custom resources. Conditions and accepted names are the server's business. */
final class CustomResourceRules extends WithStatus {
  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    ObjectNode names = Tree.object(spec, "names");
    String kind = Tree.text(names, "kind");
    if (!kind.isEmpty()) {
      Tree.fill(names, "singular", kind.toLowerCase(Locale.ROOT));
      Tree.fill(names, "listKind", kind + "List");
    }
    Tree.fill(Tree.object(spec, "conversion"), "strategy", "None");
    if (spec.path("conversion").path("webhook").path("clientConfig").get("service")
        instanceof ObjectNode service) {
      Tree.fill(service, "port", 443);
    }
    ObjectNode status = Tree.object(object, "status");
    if (status.path("storedVersions").isEmpty()) {
      for (ObjectNode version : Tree.objects(spec.path("versions"))) {
        if (Tree.flag(version, "storage")) {
          status.putArray("storedVersions").add(Tree.text(version, "name"));
          break;
        }
      }
    }
    if (!status.has("conditions")) {
      status.putNull("conditions");
    }
    ObjectNode accepted = Tree.object(status, "acceptedNames");
    Tree.fill(accepted, "plural", "");
    Tree.fill(accepted, "kind", "");
  }

  @Override
  public List<String> validateName(String name, boolean prefix) {
    // The name depends on the spec: validate checks it.
    return List.of();
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    CustomResourceValidation.definition(object, findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    CustomResourceValidation.definition(object, findings);
    JsonNode spec = object.path("spec");
    JsonNode before = old.path("spec");
    findings.immutable(spec, before, "scope", "spec");
    findings.immutable(spec.path("names"), before.path("names"), "kind", "spec.names");
    findings.immutable(spec, before, "group", "spec");
    findings.immutable(spec.path("names"), before.path("names"), "plural", "spec.names");
    return findings.list();
  }

  @Override
  public List<Column> columns() {
    return CreatedAt.columns();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    return CreatedAt.cells(object, now);
  }
}
