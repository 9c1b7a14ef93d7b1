package dev.mlk.kube;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees from and to JSON, the same as a {@link JsonMapper} gives, without its machinery for binding
 * classes: that is half of what a short command would load.
 */
public final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonText() {}

  /**
   * Reads one value and the end after it; the caller closes the stream.
   *
   * @throws tools.jackson.core.JacksonException when it is not JSON
   */
  public static JsonNode read(InputStream input) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), input)) {
      if (parser.nextToken() == null) {
        throw new StreamReadException(parser, "no JSON where some was expected");
      }
      JsonNode value = value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more after the end of the JSON value");
      }
      return value;
    }
  }

  /**
   * Reads a list object one item at a time, so that a long list is never in memory; the caller
   * closes the stream.
   *
   * @param without names of members that nobody needs: objects and lists of these names are passed
   *     over wherever they stand, plain values such as a label of the name are not
   * @param metadata is given the list's metadata as soon as it was read, before the items where the
   *     server writes it there
   * @param item is given each item
   * @throws tools.jackson.core.JacksonException when it is not JSON, or no object
   */
  public static void items(
      InputStream input,
      Set<String> without,
      Consumer<JsonNode> metadata,
      Consumer<JsonNode> item) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), input)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new StreamReadException(parser, "no JSON object where a list was expected");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken begin = parser.nextToken();
        if (name.equals("metadata")) {
          metadata.accept(value(parser, without));
        } else if (name.equals("items") && begin == JsonToken.START_ARRAY) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            item.accept(value(parser, without));
          }
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more after the end of the JSON value");
      }
    }
  }

  private static JsonNode value(JsonParser parser) {
    return value(parser, Set.of());
  }

  // The parser bounds the depth, and so this recursion.
  private static JsonNode value(JsonParser parser, Set<String> without) {
    switch (parser.currentToken()) {
      case START_OBJECT:
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          if (parser.currentToken().isStructStart() && without.contains(name)) {
            parser.skipChildren();
          } else {
            object.set(name, value(parser, without));
          }
        }
        return object;
      case START_ARRAY:
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser, without));
        }
        return array;
      case VALUE_STRING:
        return NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT:
        return integer(parser);
      case VALUE_NUMBER_FLOAT:
        return NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE:
        return NODES.booleanNode(true);
      case VALUE_FALSE:
        return NODES.booleanNode(false);
      case VALUE_NULL:
        return NODES.nullNode();
      default:
        throw new StreamReadException(parser, "no JSON value: " + parser.currentToken());
    }
  }

  private static JsonNode integer(JsonParser parser) {
    JsonParser.NumberType type = parser.getNumberType();
    if (type == JsonParser.NumberType.INT) {
      return NODES.numberNode(parser.getIntValue());
    }
    return type == JsonParser.NumberType.LONG
        ? NODES.numberNode(parser.getLongValue())
        : NODES.numberNode(parser.getBigIntegerValue());
  }

  /** The text of a tree in UTF-8, in one line. */
  public static byte[] bytes(JsonNode tree) {
    return bytes(tree, ObjectWriteContext.empty());
  }

  /** The text of a tree in one line. */
  public static String line(JsonNode tree) {
    return new String(bytes(tree), StandardCharsets.UTF_8);
  }

  /** The text of a tree, indented for people, without a line end. */
  public static String indented(JsonNode tree) {
    return new String(bytes(tree, new Indented()), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(JsonNode tree, ObjectWriteContext context) {
    var bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = FACTORY.createGenerator(context, bytes)) {
      write(tree, generator);
    }
    return bytes.toByteArray();
  }

  private static final class Indented extends ObjectWriteContext.Base {
    private final PrettyPrinter printer = new DefaultPrettyPrinter();

    @Override
    public PrettyPrinter getPrettyPrinter() {
      return printer;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }

  private static void write(JsonNode node, JsonGenerator generator) {
    if (node.isObject()) {
      generator.writeStartObject();
      node.forEachEntry(
          (name, value) -> {
            generator.writeName(name);
            write(value, generator);
          });
      generator.writeEndObject();
    } else if (node.isArray()) {
      generator.writeStartArray();
      for (JsonNode element : node) {
        write(element, generator);
      }
      generator.writeEndArray();
    } else if (node.isString()) {
      generator.writeString(node.asString());
    } else if (node.isInt() || node.isLong()) {
      generator.writeNumber(node.asLong());
    } else if (node.isBoolean()) {
      generator.writeBoolean(node.asBoolean());
    } else if (node.isNull()) {
      generator.writeNull();
    } else {
      other(node, generator);
    }
  }

  private static void other(JsonNode node, JsonGenerator generator) {
    if (node.isBigInteger()) {
      generator.writeNumber(node.asBigInteger());
    } else if (node.isBigDecimal()) {
      generator.writeNumber(node.asDecimal());
    } else if (node.isNumber()) {
      generator.writeNumber(node.asDouble());
    } else {
      throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    }
  }
}
