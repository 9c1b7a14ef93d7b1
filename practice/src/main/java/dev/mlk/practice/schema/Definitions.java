package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.ListType;
import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes types as OpenAPI definitions of version 2 or 3. */
final class Definitions {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.";

  private final boolean three;
  private final String references;
  private final Descriptions descriptions = new Descriptions();
  private final Map<String, String> kindOfType = new HashMap<>();

  Definitions(boolean three) {
    this.three = three;
    this.references = three ? "#/components/schemas/" : "#/definitions/";
    Schemas.builtIn().kinds().forEach((kind, type) -> kindOfType.put(type, kind));
  }

  /** Adds a type and all that it refers to. */
  void closure(TypeSchema type, Map<String, TypeSchema> found) {
    if (!type.name().isEmpty() && found.putIfAbsent(type.name(), type) != null) {
      return;
    }
    type.fields().values().forEach(field -> closure(field.type(), found));
    type.element().ifPresent(element -> closure(element, found));
  }

  ObjectNode definition(TypeSchema type) {
    return type.shape() == Shape.OBJECT ? struct(type) : special(type);
  }

  private ObjectNode struct(TypeSchema type) {
    ObjectNode schema = NODES.objectNode();
    describe(schema, descriptions.type(type.name()));
    schema.put("type", "object");
    ArrayNode required = NODES.arrayNode();
    ObjectNode properties = NODES.objectNode();
    for (Field field : type.fields().values()) {
      properties.set(field.name(), property(type.name(), field));
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    String kind = kindOfType.get(type.name());
    if (kind != null) {
      String[] parts = kind.split("/", -1);
      String group = parts.length > 2 ? parts[0] : "";
      schema.set(
          "x-kubernetes-group-version-kind",
          kinds(group, parts[parts.length - 2], parts[parts.length - 1]));
    }
    if (type.atomic()) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    return schema;
  }

  /** The extension that tells clients which kind a definition is. */
  static ArrayNode kinds(String group, String version, String kind) {
    ArrayNode kinds = NODES.arrayNode();
    kinds.addObject().put("group", group).put("kind", kind).put("version", version);
    return kinds;
  }

  private ObjectNode property(String owner, Field field) {
    ObjectNode schema = NODES.objectNode();
    describe(schema, descriptions.field(owner, field.name()));
    schema.setAll(value(field.type(), field.zeroIsAbsent()));
    if (field.type().shape() == Shape.LIST && field.type().listType() != ListType.ATOMIC) {
      ArrayNode keys = NODES.arrayNode();
      field.type().mapKeys().forEach(keys::add);
      if (!keys.isEmpty()) {
        schema.set("x-kubernetes-list-map-keys", keys);
      }
      schema.put("x-kubernetes-list-type", keys.isEmpty() ? "set" : "map");
    }
    if (field.type().shape() == Shape.MAP && field.type().atomic()) {
      schema.put("x-kubernetes-map-type", "atomic");
    }
    if (!field.mergeKey().isEmpty()) {
      schema.put("x-kubernetes-patch-merge-key", field.mergeKey());
    }
    String strategy =
        (field.merges() ? "merge" : "")
            + (field.merges() && field.retainKeys() ? "," : "")
            + (field.retainKeys() ? "retainKeys" : "");
    if (!strategy.isEmpty()) {
      schema.put("x-kubernetes-patch-strategy", strategy);
    }
    return schema;
  }

  private ObjectNode value(TypeSchema type, boolean emptyDefault) {
    ObjectNode schema = NODES.objectNode();
    if (!type.name().isEmpty()) {
      return reference(schema, type, emptyDefault);
    }
    switch (type.shape()) {
      case MAP ->
          schema
              .put("type", "object")
              .set("additionalProperties", value(type.element().orElseThrow(), true));
      case LIST ->
          schema.put("type", "array").set("items", value(type.element().orElseThrow(), true));
      case INT32 -> schema.put("type", "integer").put("format", "int32");
      case INT64 -> schema.put("type", "integer").put("format", "int64");
      case DOUBLE -> schema.put("type", "number").put("format", "double");
      case BOOLEAN -> schema.put("type", "boolean");
      case BYTES -> schema.put("type", "string").put("format", "byte");
      default -> schema.put("type", "string");
    }
    if (three && !type.legalValues().isEmpty()) {
      ArrayNode legal = schema.putArray("enum");
      type.legalValues().forEach(legal::add);
    }
    if (three && !type.defaultText().isEmpty() && type.shape() == Shape.STRING) {
      schema.put("default", type.defaultText());
    }
    return schema;
  }

  private ObjectNode reference(ObjectNode schema, TypeSchema type, boolean emptyDefault) {
    if (!three) {
      return schema.put("$ref", references + type.name());
    }
    if (emptyDefault && type.shape() == Shape.OBJECT) {
      schema.putObject("default");
    }
    schema.putArray("allOf").addObject().put("$ref", references + type.name());
    return schema;
  }

  /** Types that are no structs but have a name. */
  private ObjectNode special(TypeSchema type) {
    ObjectNode schema = NODES.objectNode();
    switch (type.shape()) {
      case TIME ->
          describe(schema, "A time in RFC 3339 form, to the second.")
              .put("type", "string")
              .put("format", "date-time");
      case MICRO_TIME ->
          describe(schema, "A time in RFC 3339 form, to the microsecond.")
              .put("type", "string")
              .put("format", "date-time");
      case QUANTITY ->
          either(
              describe(schema, "An amount with an optional suffix, such as 500m, 2, 1Gi or 1e3."),
              "",
              List.of("string", "number"));
      case INT_OR_STRING ->
          either(
              describe(schema, "A whole number or a text."),
              "int-or-string",
              List.of("integer", "string"));
      default -> {
        describe(schema, "Any JSON value.");
        if (Set.of(META + "runtime.RawExtension", META + "apis.meta.v1.FieldsV1")
            .contains(type.name())) {
          schema.put("type", "object");
        }
      }
    }
    return schema;
  }

  private void either(ObjectNode schema, String format, List<String> types) {
    if (three) {
      ArrayNode alternatives = schema.putArray("oneOf");
      types.forEach(type -> alternatives.addObject().put("type", type));
    } else {
      schema.put("type", "string");
    }
    if (!format.isEmpty()) {
      schema.put("format", format);
    }
  }

  private static ObjectNode describe(ObjectNode schema, String text) {
    return text.isEmpty() ? schema : schema.put("description", text);
  }

  /** What is said of apiVersion, kind and metadata of every object, taken from a built-in kind. */
  void envelope(ObjectNode properties) {
    TypeSchema sample = Schemas.builtIn().find("", "v1", "ConfigMap").orElseThrow();
    for (String name : List.of("apiVersion", "kind", "metadata")) {
      Field field = sample.field(name).orElseThrow();
      properties.set(name, property(sample.name(), field));
    }
  }
}
