package dev.mlk.tfjob.validation;

import dev.mlk.tfjob.api.TfJobDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A manifest held against the schema in the resource's definition. */
final class SchemaCheck {
  private final List<Finding> findings = new ArrayList<>();

  private SchemaCheck() {}

  static List<Finding> check(JsonNode job) {
    JsonNode schema = TfJobDefinition.tree().at("/spec/versions/0/schema/openAPIV3Schema");
    SchemaCheck check = new SchemaCheck();
    check.members(FieldPath.ROOT, job, schema);
    return List.copyOf(check.findings);
  }

  private void value(FieldPath path, JsonNode value, JsonNode schema) {
    if (value.isNull()) {
      return;
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
      if (!value.isNumber() && !value.isString()) {
        wrongType(path, value, "a number or text");
      }
      return;
    }
    switch (schema.path("type").asString("")) {
      case "object" -> object(path, value, schema);
      case "array" -> list(path, value, schema);
      case "integer" -> type(path, value, value.isIntegralNumber(), "a whole number");
      case "number" -> type(path, value, value.isNumber(), "a number");
      case "boolean" -> type(path, value, value.isBoolean(), "true or false");
      case "string" -> text(path, value, schema);
      default -> {}
    }
  }

  private void type(FieldPath path, JsonNode value, boolean right, String expected) {
    if (!right) {
      wrongType(path, value, expected);
    }
  }

  private void wrongType(FieldPath path, JsonNode value, String expected) {
    String what =
        switch (value.getNodeType()) {
          case ARRAY -> "a list";
          case OBJECT -> "a map";
          case STRING -> "the text '" + value.stringValue() + "'";
          default -> value.toString();
        };
    String suggestion = "";
    if (expected.equals("text") && (value.isNumber() || value.isBoolean())) {
      suggestion = "in quotes: \"" + value + "\"";
    } else if (value.isString() && expected.equals("a whole number")) {
      suggestion = value.stringValue().matches("-?[0-9]+") ? "without quotes" : "";
    } else if (expected.equals("a list") && value.isObject()) {
      suggestion = "start the entry with '- '";
    }
    findings.add(Finding.error(path, path.field() + " is " + what, expected, suggestion));
  }

  private void text(FieldPath path, JsonNode value, JsonNode schema) {
    if (!value.isString()) {
      wrongType(path, value, "text");
      return;
    }
    List<String> allowed = new ArrayList<>();
    schema.path("enum").forEach(word -> allowed.add(word.stringValue()));
    if (!allowed.isEmpty()) {
      Words.check(path, value, allowed, findings);
    }
  }

  private void list(FieldPath path, JsonNode value, JsonNode schema) {
    if (!value.isArray()) {
      wrongType(path, value, "a list");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      value(path.index(i), value.get(i), schema.path("items"));
    }
  }

  private void object(FieldPath path, JsonNode value, JsonNode schema) {
    if (!value.isObject()) {
      wrongType(path, value, "a map");
    } else if (schema.has("additionalProperties")) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        value(path.key(entry.getKey()), entry.getValue(), schema.get("additionalProperties"));
      }
    } else if (schema.has("properties")) {
      members(path, value, schema);
    }
  }

  private void members(FieldPath path, JsonNode value, JsonNode schema) {
    JsonNode known = schema.path("properties");
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      FieldPath at = path.member(member.getKey());
      if (known.has(member.getKey())) {
        value(at, member.getValue(), known.get(member.getKey()));
      } else {
        Words.unknown(at, member.getKey(), new TreeSet<>(SpecAdvice.names(known)), findings);
      }
    }
    for (JsonNode required : schema.path("required")) {
      if (Admission.absent(value.path(required.stringValue()))) {
        findings.add(
            Finding.error(
                path,
                (path.field().isEmpty() ? "the manifest" : path.field())
                    + " has no "
                    + required.stringValue(),
                required.stringValue(),
                "add " + required.stringValue()));
      }
    }
  }
}
