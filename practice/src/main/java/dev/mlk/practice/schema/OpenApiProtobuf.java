package dev.mlk.practice.schema;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * OpenAPI 2 in the protobuf form that old clients ask for. Field numbers:
 * https://github.com/google/gnostic-models/blob/main/openapiv2/OpenAPIv2.proto
 */
final class OpenApiProtobuf {
  private static final Map<String, Integer> SCHEMA_FRACTIONS =
      Map.of("multipleOf", 6, "maximum", 7, "minimum", 9);
  private static final Map<String, Integer> SCHEMA_NUMBERS =
      Map.of(
          "maxLength",
          11,
          "minLength",
          12,
          "maxItems",
          14,
          "minItems",
          15,
          "maxProperties",
          17,
          "minProperties",
          18);
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  private final ProtobufWriter document = new ProtobufWriter();

  OpenApiProtobuf(JsonNode head) {
    document.text(1, head.path("swagger").asString());
    document.message(
        2,
        info -> {
          info.text(1, head.path("info").path("title").asString());
          info.text(2, head.path("info").path("version").asString());
        });
  }

  byte[] toBytes() {
    return document.toBytes();
  }

  void paths(JsonNode paths) {
    document.message(
        8,
        all ->
            paths
                .properties()
                .forEach(
                    path ->
                        all.message(
                            2,
                            named ->
                                named(named, path.getKey(), item -> path(item, path.getValue())))));
  }

  /** Definitions, one message per call: repeated parts of a message add up. */
  void definition(String name, JsonNode schema) {
    document.message(
        9, all -> all.message(1, named -> named(named, name, value -> schema(value, schema))));
  }

  private static void named(
      ProtobufWriter named, String name, java.util.function.Consumer<ProtobufWriter> value) {
    named.text(1, name);
    named.message(2, value);
  }

  private static void path(ProtobufWriter item, JsonNode path) {
    for (int i = 0; i < METHODS.size(); i++) {
      JsonNode operation = path.path(METHODS.get(i));
      if (operation.isObject()) {
        item.message(i + 2, writer -> operation(writer, operation));
      }
    }
    path.path("parameters")
        .forEach(parameter -> item.message(9, writer -> parameter(writer, parameter)));
  }

  private static void operation(ProtobufWriter writer, JsonNode operation) {
    writer.text(5, operation.path("operationId").asString(""));
    operation.path("produces").forEach(type -> writer.item(6, type.asString()));
    operation.path("consumes").forEach(type -> writer.item(7, type.asString()));
    operation
        .path("parameters")
        .forEach(parameter -> writer.message(8, each -> parameter(each, parameter)));
    writer.message(
        9,
        responses ->
            operation
                .path("responses")
                .properties()
                .forEach(
                    response ->
                        responses.message(
                            1,
                            named ->
                                named(
                                    named,
                                    response.getKey(),
                                    value -> response(value, response.getValue())))));
    extensions(writer, 13, operation);
  }

  private static void response(ProtobufWriter value, JsonNode response) {
    value.message(
        1,
        writer -> {
          writer.text(1, response.path("description").asString(""));
          writer.message(
              2, item -> item.message(1, schema -> schema(schema, response.path("schema"))));
        });
  }

  private static void parameter(ProtobufWriter item, JsonNode parameter) {
    String in = parameter.path("in").asString();
    boolean required = parameter.path("required").asBoolean(false);
    item.message(
        1,
        either -> {
          if (in.equals("body")) {
            either.message(
                1,
                body -> {
                  body.text(2, parameter.path("name").asString());
                  body.text(3, in);
                  body.flag(4, required);
                  body.message(5, schema -> schema(schema, parameter.path("schema")));
                });
          } else {
            boolean query = in.equals("query");
            either.message(
                2, other -> other.message(query ? 3 : 4, plain -> plain(plain, parameter, query)));
          }
        });
  }

  private static void plain(ProtobufWriter plain, JsonNode parameter, boolean query) {
    plain.flag(1, parameter.path("required").asBoolean(false));
    plain.text(2, parameter.path("in").asString());
    plain.text(4, parameter.path("name").asString());
    plain.text(query ? 6 : 5, parameter.path("type").asString());
    plain.flag(query ? 20 : 19, parameter.path("uniqueItems").asBoolean(false));
  }

  private static void schema(ProtobufWriter writer, JsonNode schema) {
    writer.text(1, schema.path("$ref").asString(""));
    writer.text(2, schema.path("format").asString(""));
    writer.text(3, schema.path("title").asString(""));
    writer.text(4, schema.path("description").asString(""));
    limits(writer, schema);
    schema.path("required").forEach(name -> writer.item(19, name.asString()));
    schema.path("enum").forEach(value -> writer.message(20, any -> any.item(2, value + "\n")));
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject()) {
      writer.message(21, item -> item.message(1, value -> schema(value, additional)));
    } else if (additional.isBoolean()) {
      writer.message(21, item -> item.number(2, additional.booleanValue() ? 1 : 0));
    }
    if (schema.has("type")) {
      writer.message(22, type -> type.item(1, schema.path("type").asString()));
    }
    if (schema.path("items").isObject()) {
      writer.message(23, items -> items.message(1, value -> schema(value, schema.path("items"))));
    }
    schema.path("allOf").forEach(each -> writer.message(24, value -> schema(value, each)));
    if (schema.has("properties")) {
      writer.message(
          25,
          all ->
              schema
                  .path("properties")
                  .properties()
                  .forEach(
                      property ->
                          all.message(
                              1,
                              named ->
                                  named(
                                      named,
                                      property.getKey(),
                                      value -> schema(value, property.getValue())))));
    }
    extensions(writer, 31, schema);
  }

  private static void limits(ProtobufWriter writer, JsonNode schema) {
    SCHEMA_FRACTIONS.forEach(
        (word, field) -> {
          if (schema.path(word).isNumber()) {
            writer.fraction(field, schema.path(word).doubleValue());
          }
        });
    SCHEMA_NUMBERS.forEach(
        (word, field) -> {
          if (schema.path(word).isNumber()) {
            writer.number(field, schema.path(word).asLong());
          }
        });
    writer.flag(8, schema.path("exclusiveMaximum").asBoolean(false));
    writer.flag(10, schema.path("exclusiveMinimum").asBoolean(false));
    writer.text(13, schema.path("pattern").asString(""));
    writer.flag(16, schema.path("uniqueItems").asBoolean(false));
  }

  /** Extensions travel as YAML, of which JSON is a part. */
  private static void extensions(ProtobufWriter writer, int field, JsonNode owner) {
    owner
        .properties()
        .forEach(
            word -> {
              if (word.getKey().startsWith("x-")) {
                writer.message(
                    field,
                    named ->
                        named(named, word.getKey(), any -> any.item(2, word.getValue() + "\n")));
              }
            });
  }
}
