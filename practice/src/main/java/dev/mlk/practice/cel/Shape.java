package dev.mlk.practice.cel;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What expressions know of a value's type, as its schema says.
 *
 * @param type the kind of type
 * @param element the type of items or of a map's values; null for all others
 * @param fields the fields of an object by their names in expressions; empty for all others
 * @param most how many letters, items or entries there may be; 0 for what has none
 * @param least the bytes of the shortest such value in JSON
 */
record Shape(Type type, Shape element, Map<String, Field> fields, long most, long least) {
  /** The bytes of the largest request. */
  static final long LARGEST = 3 << 20;

  private static final long WITHOUT_BRACKETS = LARGEST - 2;

  /** Comma, quotation marks and colon around a key of at least two letters. */
  private static final long KEY = 6;

  /** The same but the letters, which are known. */
  private static final long NAMED = 4;

  /** UTF-8. */
  private static final long BYTES_OF_LETTER = 4;

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
    return switch (type) {
      case BOOL -> plain(type, 0, 4);
      case STRING, BYTES -> plain(type, WITHOUT_BRACKETS, 2);
      case TIMESTAMP -> plain(type, 32, 21);
      case DATE -> plain(type, 12, 12);
      case DURATION -> plain(type, 32, 3);
      case ANY -> plain(type, WITHOUT_BRACKETS, 1);
      default -> plain(type, 0, 1);
    };
  }

  private static Shape plain(Type type, long most, long least) {
    return new Shape(type, null, Map.of(), most, least);
  }

  /** The shape of a schema's values; with a resource's own fields when it is one. */
  static Optional<Shape> of(JsonNode schema, boolean resource) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
      return Optional.of(text(Type.ANY, schema));
    }
    return switch (schema.path("type").asString("")) {
      case "boolean" -> Optional.of(plain(Type.BOOL));
      case "integer" -> Optional.of(plain(Type.INT));
      case "number" -> Optional.of(plain(Type.DOUBLE));
      case "string" -> Optional.of(text(text(schema.path("format").asString("")), schema));
      case "array" -> of(schema.path("items"), false).map(items -> list(items, schema));
      case "object" -> object(schema, resource);
      default -> Optional.empty();
    };
  }

  private static Shape list(Shape items, JsonNode schema) {
    long most = schema.path("maxItems").asLong(WITHOUT_BRACKETS / (items.least + 1));
    return new Shape(Type.LIST, items, Map.of(), Math.max(0, most), 2);
  }

  private static Shape map(Shape values, JsonNode schema) {
    long most = schema.path("maxProperties").asLong(WITHOUT_BRACKETS / (values.least + KEY));
    return new Shape(Type.MAP, values, Map.of(), Math.max(0, most), 2);
  }

  /** What is a text in JSON; some formats have a length of their own. */
  private static Shape text(Type type, JsonNode schema) {
    Shape plain = plain(type);
    long length = Math.max(0, schema.path("maxLength").asLong(0));
    boolean limited = schema.path("maxLength").isNumber();
    return switch (type) {
      case BYTES -> limited ? plain(type, length, plain.least) : plain;
      case STRING, ANY -> {
        if (limited) {
          yield plain(type, length * BYTES_OF_LETTER, plain.least);
        }
        JsonNode values = type == Type.STRING ? schema.path("enum") : MissingNode.getInstance();
        yield values.isEmpty() ? plain : plain(type, longest(values), plain.least);
      }
      default -> plain;
    };
  }

  private static long longest(JsonNode values) {
    return values
        .valueStream()
        .mapToLong(value -> value.asString("").getBytes(StandardCharsets.UTF_8).length)
        .max()
        .orElse(0);
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
      return of(additional, false).map(values -> map(values, schema));
    }
    Map<String, Field> fields = new LinkedHashMap<>();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asString("")));
    long least = 2;
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      Optional<Shape> shape = of(property.getValue(), false);
      Optional<String> escaped = FieldNames.escape(name);
      if (shape.isPresent() && escaped.isPresent()) {
        fields.put(escaped.get(), new Field(name, shape.get()));
      }
      // A value that is filled in need not be in the request.
      if (shape.isPresent() && required.contains(name) && !property.getValue().has("default")) {
        least += name.length() + shape.get().least + NAMED;
      }
    }
    if (resource || schema.path("x-kubernetes-embedded-resource").asBoolean(false)) {
      fields.put("apiVersion", new Field("apiVersion", plain(Type.STRING)));
      fields.put("kind", new Field("kind", plain(Type.STRING)));
      fields.put("metadata", new Field("metadata", metadata()));
    }
    return Optional.of(new Shape(Type.OBJECT, null, fields, 0, least));
  }

  private static Shape metadata() {
    return new Shape(
        Type.OBJECT,
        null,
        Map.of(
            "name", new Field("name", plain(Type.STRING)),
            "generateName", new Field("generateName", plain(Type.STRING))),
        0,
        2);
  }
}
