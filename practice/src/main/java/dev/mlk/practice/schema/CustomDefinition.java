package dev.mlk.practice.schema;

import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI definitions of a custom kind. */
final class CustomDefinition {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What OpenAPI 2 has no word for. */
  private static final Set<String> ONLY_THREE =
      Set.of("nullable", "oneOf", "anyOf", "not", "default", "x-kubernetes-validations");

  private CustomDefinition() {}

  /** The definition's name: the group backwards, the version, the kind. */
  static String name(Resource resource) {
    List<String> parts = new ArrayList<>(List.of(resource.group().split("\\.", -1)));
    Collections.reverse(parts);
    return String.join(".", parts) + "." + resource.version() + "." + resource.kind();
  }

  static ObjectNode definition(
      Resource resource, ObjectNode schema, Definitions definitions, boolean three) {
    ObjectNode definition = three ? schema.deepCopy() : two(schema);
    ObjectNode properties = NODES.objectNode();
    definitions.envelope(properties);
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    if (!open || three) {
      schema
          .path("properties")
          .properties()
          .forEach(
              property -> {
                if (!properties.has(property.getKey())) {
                  properties.set(
                      property.getKey(),
                      three ? property.getValue() : two((ObjectNode) property.getValue()));
                }
              });
      definition.set("properties", properties);
    }
    definition.put("type", "object");
    definition.set(
        "x-kubernetes-group-version-kind",
        Definitions.kinds(resource.group(), resource.version(), resource.kind()));
    return definition;
  }

  static ObjectNode list(Resource resource, String references) {
    String kind = resource.kind();
    ObjectNode list = NODES.objectNode();
    list.put("description", kind + "List is a list of " + kind).put("type", "object");
    list.putArray("required").add("items");
    ObjectNode properties = list.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    ObjectNode items = properties.putObject("items");
    items.put("description", "List of " + resource.plural() + ".").put("type", "array");
    items.putObject("items").put("$ref", references + name(resource));
    properties.putObject("kind").put("type", "string");
    properties
        .putObject("metadata")
        .put("$ref", references + "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta");
    list.set(
        "x-kubernetes-group-version-kind",
        Definitions.kinds(resource.group(), resource.version(), kind + "List"));
    return list;
  }

  /**
   * Old clients check objects against this version and know neither nulls nor open objects, so
   * where those may be, the schema says less.
   */
  private static ObjectNode two(ObjectNode schema) {
    ObjectNode copy = NODES.objectNode();
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    boolean loose =
        schema.path("nullable").asBoolean(false)
            || schema.path("x-kubernetes-int-or-string").asBoolean(false);
    for (var word : schema.properties()) {
      String name = word.getKey();
      boolean inner =
          name.equals("properties") || name.equals("items") || name.equals("additionalProperties");
      boolean silent =
          (open && inner) || (loose && (inner || name.equals("type") || name.equals("format")));
      if (!ONLY_THREE.contains(name) && !silent) {
        copy.set(name, inner ? inner(name, word.getValue()) : word.getValue());
      }
    }
    return copy;
  }

  private static JsonNode inner(String name, JsonNode value) {
    if (!(value instanceof ObjectNode object)) {
      return value;
    }
    if (!name.equals("properties")) {
      return two(object);
    }
    ObjectNode properties = NODES.objectNode();
    object
        .properties()
        .forEach(
            property -> properties.set(property.getKey(), two((ObjectNode) property.getValue())));
    return properties;
  }

  /** The words of a list, for callers that need an array of texts. */
  static ArrayNode texts(List<String> words) {
    ArrayNode array = NODES.arrayNode();
    words.forEach(array::add);
    return array;
  }
}
