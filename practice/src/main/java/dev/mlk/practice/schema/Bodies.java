package dev.mlk.practice.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads request bodies into trees and remembers the fields that appear twice, of which the last one
 * counts.
 */
public final class Bodies {
  /**
   * A body that was read.
   *
   * @param object the object
   * @param duplicates paths of fields that appear more than once, such as {@code metadata.labels.x}
   * @param warnings further texts for strict validation, such as the YAML reader's {@code line 5:
   *     key "name" already set in map}
   */
  public record Body(ObjectNode object, List<String> duplicates, List<String> warnings) {
    public Body {
      duplicates = List.copyOf(duplicates);
      warnings = List.copyOf(warnings);
    }
  }

  /** Kubernetes reads 10000 levels; each costs stack here, and no object has a tenth of these. */
  static final int DEEPEST = 400;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private Bodies() {}

  /**
   * Reads JSON.
   *
   * @throws BodyException when it is none, or no object
   */
  public static Body json(byte[] text) {
    List<String> duplicates = new ArrayList<>();
    JsonNode value;
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      value = new Reader(parser, duplicates).value("");
      if (parser.nextToken() != null) {
        throw BodyException.syntax(text);
      }
    } catch (JacksonException e) {
      throw BodyException.syntax(text);
    }
    return new Body(object(value, text), duplicates, List.of());
  }

  /**
   * Reads one YAML document as the server does, which takes JSON for YAML as well.
   *
   * @throws BodyException when it is neither, or no object
   */
  public static Body yaml(byte[] text) {
    List<String> warnings = new ArrayList<>();
    JsonNode value = YamlTree.read(text, warnings);
    return new Body(object(value, text), List.of(), warnings);
  }

  private static ObjectNode object(JsonNode value, byte[] text) {
    if (value instanceof ObjectNode object) {
      for (String field : new String[] {"apiVersion", "kind"}) {
        JsonNode given = object.path(field);
        if (!given.isMissingNode() && !given.isNull() && !given.isString()) {
          throw BodyException.notText(field, given, text);
        }
      }
      return object;
    }
    throw BodyException.noObject(value, text);
  }

  /** Builds the tree by hand, because the tree itself cannot tell that a field came twice. */
  private record Reader(JsonParser parser, List<String> duplicates) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    JsonNode value(String path) {
      JsonToken token = parser.currentToken();
      if (token == null) {
        return NODES.missingNode();
      }
      return switch (token) {
        case START_OBJECT -> object(path);
        case START_ARRAY -> array(path);
        case VALUE_STRING -> NODES.stringNode(parser.getString());
        case VALUE_NUMBER_INT -> integer();
        case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        default -> NODES.nullNode();
      };
    }

    private JsonNode integer() {
      return switch (parser.getNumberType()) {
        case INT -> NODES.numberNode(parser.getIntValue());
        case LONG -> NODES.numberNode(parser.getLongValue());
        default -> NODES.numberNode(parser.getBigIntegerValue());
      };
    }

    private ObjectNode object(String path) {
      ObjectNode object = NODES.objectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        String memberPath = path.isEmpty() ? name : path + "." + name;
        if (object.has(name)) {
          duplicates.add(memberPath);
        }
        parser.nextToken();
        object.set(name, value(memberPath));
      }
      return object;
    }

    private ArrayNode array(String path) {
      ArrayNode array = NODES.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(path + "[" + array.size() + "]"));
      }
      return array;
    }
  }
}
