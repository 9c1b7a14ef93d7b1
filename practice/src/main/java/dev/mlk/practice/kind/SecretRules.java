package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
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
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JsonNode data = object.path("data");
    DataValidation.keys(data, "data", findings);
    DataValidation.size("data", findings, data);
    switch (Tree.text(object, "type")) {
      case "kubernetes.io/service-account-token" -> {
        String key = "kubernetes.io/service-account.name";
        if (Tree.text(object, "metadata", "annotations", key).isEmpty()) {
          findings.required("metadata.annotations[" + key + "]");
        }
      }
      case "kubernetes.io/dockercfg" -> needs(data, findings, ".dockercfg");
      case "kubernetes.io/dockerconfigjson" -> needs(data, findings, ".dockerconfigjson");
      case "kubernetes.io/basic-auth" -> {
        if (!data.has("username") && !data.has("password")) {
          needs(data, findings, "username", "password");
        }
      }
      case "kubernetes.io/ssh-auth" -> needs(data, findings, "ssh-privatekey");
      case "kubernetes.io/tls" -> needs(data, findings, "tls.crt", "tls.key");
      default -> {
        // Other types hold what their users want.
      }
    }
    return findings.list();
  }

  private static void needs(JsonNode data, Findings findings, String... keys) {
    for (String key : keys) {
      if (!data.has(key)) {
        findings.required("data[" + key + "]");
      }
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    if (!object.path("type").equals(old.path("type"))) {
      findings.invalid("type", Tree.text(object, "type"), "field is immutable");
    }
    DataValidation.frozen(object, old, findings, "data");
    findings.addAll(validate(object));
    return findings.list();
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
