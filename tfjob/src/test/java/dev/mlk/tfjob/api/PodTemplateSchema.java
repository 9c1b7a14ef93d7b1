package dev.mlk.tfjob.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the schema of a pod template for a custom resource from an API server's own OpenAPI v3
 * document: references are put in place, and what a structural schema may not hold is left out.
 */
final class PodTemplateSchema {
  private static final String ROOT = "io.k8s.api.core.v1.PodTemplateSpec";
  private static final Set<String> COPIED =
      Set.of(
          "type",
          "format",
          "required",
          "enum",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type");

  /** Members of embedded metadata that mean something in a template. */
  private static final List<String> METADATA =
      List.of("name", "namespace", "labels", "annotations", "finalizers");

  private final JsonNode schemas;

  private PodTemplateSchema(JsonNode schemas) {
    this.schemas = schemas;
  }

  /**
   * The schema.
   *
   * @param openApi the document an API server serves at {@code /openapi/v3/api/v1}
   */
  static ObjectNode from(JsonNode openApi) {
    return new PodTemplateSchema(openApi.at("/components/schemas")).inline(ROOT);
  }

  private ObjectNode inline(String name) {
    if (name.endsWith(".Quantity")) {
      return intOrString()
          .put(
              "pattern",
              "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$");
    }
    if (name.endsWith(".IntOrString")) {
      return intOrString();
    }
    ObjectNode schema = structural(schemas.get(name));
    if (name.endsWith(".ObjectMeta")) {
      ((ObjectNode) schema.get("properties")).retain(METADATA);
    }
    return schema;
  }

  private static ObjectNode intOrString() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").addObject().put("type", "integer");
    ((tools.jackson.databind.node.ArrayNode) schema.get("anyOf")).addObject().put("type", "string");
    return schema.put("x-kubernetes-int-or-string", true);
  }

  private ObjectNode structural(JsonNode source) {
    JsonNode reference = source.has("$ref") ? source : source.path("allOf").path(0);
    if (reference.has("$ref")) {
      String target = reference.get("$ref").stringValue();
      return inline(target.substring(target.lastIndexOf('/') + 1));
    }
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : source.properties()) {
      switch (member.getKey()) {
        case "properties" -> {
          ObjectNode properties = schema.putObject("properties");
          for (Map.Entry<String, JsonNode> property : member.getValue().properties()) {
            properties.set(property.getKey(), structural(property.getValue()));
          }
        }
        case "items", "additionalProperties" ->
            schema.set(member.getKey(), structural(member.getValue()));
        default -> {
          if (COPIED.contains(member.getKey())) {
            schema.set(member.getKey(), member.getValue());
          }
        }
      }
    }
    keysHaveValues(schema);
    return schema;
  }

  /** A key of a list that merges by keys must be required or have a default. */
  private static void keysHaveValues(ObjectNode list) {
    for (JsonNode key : list.path("x-kubernetes-list-map-keys")) {
      ObjectNode item = (ObjectNode) list.get("items");
      boolean required = false;
      for (JsonNode name : item.path("required")) {
        required |= name.equals(key);
      }
      if (!required) {
        ObjectNode property = (ObjectNode) item.get("properties").get(key.stringValue());
        property.put("default", key.stringValue().equals("protocol") ? "TCP" : "");
      }
    }
  }
}
