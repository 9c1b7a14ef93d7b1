package dev.mlk.practice.kind;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas in a definition: every part must say its type, as structural schemas do. */
final class CustomSchemaValidation {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");

  private CustomSchemaValidation() {}

  /** Checks the schemas of all versions. */
  static void definition(JsonNode spec, Findings findings) {
    List<ObjectNode> versions = Tree.objects(spec.path("versions"));
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).path("schema").get("openAPIV3Schema") instanceof ObjectNode schema) {
        // A single version's schema is the whole definition's, and is named so.
        String path =
            versions.size() == 1
                ? "spec.validation.openAPIV3Schema"
                : "spec.versions[" + i + "].schema.openAPIV3Schema";
        if (!Tree.text(schema, "type").equals("object")) {
          root(schema, path, findings);
        }
        shape(schema, path, findings);
        types(schema, path, true, findings);
        if (findings.list().isEmpty()) {
          new CustomRuleValidation(findings).schema(schema, path);
        }
      }
    }
  }

  private static void root(ObjectNode schema, String path, Findings findings) {
    if (Tree.blank(schema, "type")) {
      findings.required(path + ".type", "must not be empty at the root");
    } else {
      findings.invalid(path + ".type", Tree.text(schema, "type"), "must be object at the root");
    }
  }

  /** What is wrong with single parts, whatever the whole is. */
  private static void shape(ObjectNode schema, String path, Findings findings) {
    String type = Tree.text(schema, "type");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      findings.notSupported(
          path + ".type", type, "array", "boolean", "integer", "number", "object", "string");
    }
    if (type.equals("array") && !Tree.has(schema, "items")) {
      findings.required(path + ".items", "must be specified");
    }
    if (Tree.flag(schema, "uniqueItems")) {
      findings.forbidden(
          path + ".uniqueItems",
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    if (Tree.has(schema, "properties") && Tree.has(schema, "additionalProperties")) {
      findings.forbidden(
          path + ".additionalProperties",
          "additionalProperties and properties are mutual exclusive");
    }
    for (Map.Entry<String, JsonNode> part : parts(schema).entrySet()) {
      if (part.getValue() instanceof ObjectNode child) {
        shape(child, path + part.getKey(), findings);
      }
    }
  }

  private static void types(ObjectNode schema, String path, boolean root, Findings findings) {
    boolean free =
        Tree.flag(schema, "x-kubernetes-int-or-string")
            || Tree.flag(schema, "x-kubernetes-preserve-unknown-fields");
    if (!root && !free && Tree.blank(schema, "type")) {
      String place = path.endsWith(".items") ? "array items" : "object fields";
      findings.required(path + ".type", "must not be empty for specified " + place);
    }
    for (Map.Entry<String, JsonNode> part : parts(schema).entrySet()) {
      if (part.getValue() instanceof ObjectNode child) {
        types(child, path + part.getKey(), false, findings);
      }
    }
  }

  /** The parts of a schema by the end of their path. */
  static Map<String, JsonNode> parts(ObjectNode schema) {
    Map<String, JsonNode> parts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      parts.put(".properties[" + field.getKey() + "]", field.getValue());
    }
    parts.put(".items", schema.path("items"));
    parts.put(".additionalProperties", schema.path("additionalProperties"));
    return parts;
  }
}
