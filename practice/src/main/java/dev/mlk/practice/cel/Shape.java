package dev.mlk.practice.cel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What expressions know of a value's type, as its schema says.
 *
 * @param type the kind of type
 * @param element the type of items or of a map's values; null for all others
 * @param fields the fields of an object by their names in expressions; empty for all others
 */
record Shape(Type type, Shape element, Map<String, Field> fields) {
  /** The kinds of types. */
  enum Type {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    BYTES,
    TIMESTAMP,
    DATE,
    DURATION,
    ANY,
    LIST,
    MAP,
    OBJECT
  }

  /**
   * A field of an object.
   *
   * @param name its name in the object
   */
  record Field(String name, Shape shape) {}

  Shape {
    fields = Map.copyOf(fields);
  }

  static Shape plain(Type type) {
    return new Shape(type, null, Map.of());
  }

  /** The shape of a schema's values; with a resource's own fields when it is one. */
  static Optional<Shape> of(JsonNode schema, boolean resource) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
      return Optional.of(plain(Type.ANY));
    }
    return switch (schema.path("type").asString("")) {
      case "boolean" -> Optional.of(plain(Type.BOOL));
      case "integer" -> Optional.of(plain(Type.INT));
      case "number" -> Optional.of(plain(Type.DOUBLE));
      case "string" -> Optional.of(plain(text(schema.path("format").asString(""))));
      case "array" ->
          of(schema.path("items"), false).map(items -> new Shape(Type.LIST, items, Map.of()));
      case "object" -> object(schema, resource);
      default -> Optional.empty();
    };
  }

  private static Type text(String format) {
    return switch (format) {
      case "byte" -> Type.BYTES;
      case "date-time" -> Type.TIMESTAMP;
      case "date" -> Type.DATE;
      case "duration" -> Type.DURATION;
      default -> Type.STRING;
    };
  }

  private static Optional<Shape> object(JsonNode schema, boolean resource) {
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject()) {
      return of(additional, false).map(values -> new Shape(Type.MAP, values, Map.of()));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      Optional<Shape> shape = of(property.getValue(), false);
      Optional<String> escaped = FieldNames.escape(name);
      if (shape.isPresent() && escaped.isPresent()) {
        fields.put(escaped.get(), new Field(name, shape.get()));
      }
    }
    if (resource || schema.path("x-kubernetes-embedded-resource").asBoolean(false)) {
      fields.put("apiVersion", new Field("apiVersion", plain(Type.STRING)));
      fields.put("kind", new Field("kind", plain(Type.STRING)));
      fields.put("metadata", new Field("metadata", metadata()));
    }
    return Optional.of(new Shape(Type.OBJECT, null, fields));
  }

  private static Shape metadata() {
    return new Shape(
        Type.OBJECT,
        null,
        Map.of(
            "name", new Field("name", plain(Type.STRING)),
            "generateName", new Field("generateName", plain(Type.STRING))));
  }
}
