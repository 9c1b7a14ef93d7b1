package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.ListType;
import dev.mlk.practice.schema.TypeSchema.Shape;
import dev.mlk.practice.schema.TypeSchema.Traits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Makes the types of custom resources from their schemas. */
final class CustomTypes {
  private static final TypeSchema TEXT = TypeSchema.scalar(Shape.STRING, "", Traits.go("string"));

  private CustomTypes() {}

  static TypeSchema root(Structural schema, TypeSchema metadata) {
    SequencedMap<String, Field> fields = fields(schema);
    envelope(fields, metadata);
    TypeSchema others = schema.preservesUnknownFields() ? Merging.FREE : null;
    return TypeSchema.openObject(fields, others, Traits.NONE);
  }

  private static void envelope(Map<String, Field> fields, TypeSchema metadata) {
    fields.put("apiVersion", Field.plain("apiVersion", TEXT, false));
    fields.put("kind", Field.plain("kind", TEXT, false));
    fields.put("metadata", Field.plain("metadata", metadata, false));
  }

  private static SequencedMap<String, Field> fields(Structural schema) {
    SequencedMap<String, Field> fields = new LinkedHashMap<>();
    List<String> required = schema.required();
    new TreeMap<>(schema.properties())
        .forEach(
            (name, property) ->
                fields.put(name, Field.plain(name, type(property), required.contains(name))));
    return fields;
  }

  private static TypeSchema type(Structural schema) {
    if (schema.intOrString()) {
      return TypeSchema.scalar(Shape.INT_OR_STRING, "", traits(schema, ""));
    }
    return switch (schema.type()) {
      case "object" -> object(schema);
      case "array" -> list(schema);
      case "string" -> TypeSchema.scalar(Shape.STRING, "", traits(schema, "string"));
      case "integer" -> TypeSchema.scalar(Shape.INT64, "", traits(schema, "int64"));
      case "number" -> TypeSchema.scalar(Shape.DOUBLE, "", traits(schema, "float64"));
      case "boolean" -> TypeSchema.scalar(Shape.BOOLEAN, "", traits(schema, "bool"));
      default -> Merging.FREE;
    };
  }

  private static TypeSchema object(Structural schema) {
    boolean atomic = schema.word("x-kubernetes-map-type").asString("").equals("atomic");
    Traits traits = new Traits("", ListType.ATOMIC, List.of(), atomic, List.of(), "");
    if (schema.additionalProperties() != null) {
      return TypeSchema.map(() -> type(schema.additionalProperties()), traits);
    }
    boolean open = schema.preservesUnknownFields() || schema.allowsAnyKey();
    SequencedMap<String, Field> fields = fields(schema);
    if (schema.embeddedResource()) {
      envelope(fields, Merging.FREE);
    }
    return TypeSchema.openObject(fields, open ? Merging.FREE : null, traits);
  }

  private static TypeSchema list(Structural schema) {
    ListType listType =
        switch (schema.listType()) {
          case "map" -> ListType.MAP;
          case "set" -> ListType.SET;
          default -> ListType.ATOMIC;
        };
    Traits traits = new Traits("", listType, schema.listMapKeys(), false, List.of(), "");
    Structural items = schema.items();
    return TypeSchema.list(() -> items == null ? Merging.FREE : type(items), traits);
  }

  private static Traits traits(Structural schema, String goType) {
    String defaultText =
        schema.word("default").isValueNode() ? schema.word("default").asString() : "";
    return new Traits(goType, ListType.ATOMIC, List.of(), false, List.of(), defaultText);
  }
}
