package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is left of an object after a trip through the server's Go types, as every built-in object
 * makes one: unknown fields and nulls go, empty values go where Go omits them and appear where it
 * does not ({@code status: {}}), quantities are canonical.
 */
public final class TypedForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Whether fields that Go writes even when empty are filled in. */
  private final boolean fills;

  private TypedForm(boolean fills) {
    this.fills = fills;
  }

  /**
   * Drops what a decoder drops, in place: unknown fields, nulls and empty values that count as
   * absent; quantities become canonical. For the way in, before defaults.
   */
  public static void reduce(ObjectNode object, TypeSchema type) {
    new TypedForm(false).struct(object, type);
  }

  /**
   * Brings an object that {@link Decoding} found no type error in to its full form, in place: what
   * {@link #reduce} does, and empty values where Go always writes them. For the way to the store,
   * after defaults.
   */
  public static void normalize(ObjectNode object, TypeSchema type) {
    new TypedForm(true).struct(object, type);
  }

  private void struct(ObjectNode object, TypeSchema type) {
    if (type.element().isEmpty()) {
      object.retain(type.fields().keySet());
    }
    for (Field field : type.fields().values()) {
      Optional<JsonNode> value = written(object.get(field.name()), field);
      if (value.isEmpty()) {
        object.remove(field.name());
      } else {
        object.set(field.name(), value.get());
      }
    }
  }

  private Optional<JsonNode> written(JsonNode value, Field field) {
    if (value == null || value.isNull()) {
      return absent(field);
    }
    JsonNode normal = value(value, field.type());
    boolean drop = !field.keep() && field.zeroIsAbsent() && isZero(normal, field.type().shape());
    return drop ? absent(field) : Optional.of(normal);
  }

  /** What Go writes for a field that was not given. */
  private Optional<JsonNode> absent(Field field) {
    boolean struct =
        switch (field.type().shape()) {
          case OBJECT, TIME, MICRO_TIME, QUANTITY -> true;
          // Go would write 0 here too, but the one such field (a service's target port) always has
          // a default.
          case INT_OR_STRING -> false;
          case MAP, LIST, STRING, INT32, INT64, DOUBLE, BOOLEAN, BYTES, ANY -> false;
        };
    if (!fills || (!field.keep() && !(struct && field.zeroIsAbsent()))) {
      return Optional.empty();
    }
    return Optional.of(field.zeroIsAbsent() ? zero(field.type()) : NODES.nullNode());
  }

  private JsonNode zero(TypeSchema type) {
    return switch (type.shape()) {
      case OBJECT -> {
        ObjectNode object = NODES.objectNode();
        struct(object, type);
        yield object;
      }
      case STRING -> NODES.stringNode("");
      case INT32, INT64, INT_OR_STRING, DOUBLE -> NODES.numberNode(0);
      case BOOLEAN -> NODES.booleanNode(false);
      case QUANTITY -> NODES.stringNode("0");
      case MAP, LIST, BYTES, TIME, MICRO_TIME, ANY -> NODES.nullNode();
    };
  }

  private static boolean isZero(JsonNode value, Shape shape) {
    return switch (shape) {
      case STRING, BYTES -> value.isString() && value.stringValue().isEmpty();
      case INT32, INT64, DOUBLE -> value.isNumber() && value.doubleValue() == 0;
      case BOOLEAN -> value.isBoolean() && !value.booleanValue();
      case MAP, LIST -> value.isEmpty();
      case OBJECT, TIME, MICRO_TIME, INT_OR_STRING, QUANTITY, ANY -> false;
    };
  }

  private JsonNode value(JsonNode value, TypeSchema type) {
    switch (type.shape()) {
      case OBJECT -> struct((ObjectNode) value, type);
      case MAP -> members((ObjectNode) value, type.element().orElseThrow());
      case LIST -> items((ArrayNode) value, type.element().orElseThrow());
      case QUANTITY -> {
        String canonical = QuantityText.canonical(value);
        return value.isString() && value.stringValue().equals(canonical)
            ? value
            : NODES.stringNode(canonical);
      }
      default -> {}
    }
    return value;
  }

  private void members(ObjectNode map, TypeSchema type) {
    for (String key : List.copyOf(map.propertyNames())) {
      JsonNode given = map.get(key);
      JsonNode normal = given.isNull() ? zero(type) : value(given, type);
      map.set(key, normal);
    }
  }

  private void items(ArrayNode list, TypeSchema type) {
    for (int i = 0; i < list.size(); i++) {
      JsonNode given = list.get(i);
      JsonNode normal = given.isNull() ? zero(type) : value(given, type);
      list.set(i, normal);
    }
  }
}
