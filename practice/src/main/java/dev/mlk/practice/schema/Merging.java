package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.ListType;
import dev.mlk.practice.schema.TypeSchema.Shape;
import dev.mlk.practice.schema.TypeSchema.Traits;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How server-side apply looks at values: which are one leaf, which have members, and how list items
 * are told apart.
 */
final class Merging {
  /** Of values about which no schema says anything: maps have members, lists are leaves. */
  static final TypeSchema FREE = TypeSchema.scalar(Shape.ANY, "", Traits.NONE);

  /** What a value is to merging. */
  enum Form {
    LEAF,
    MAP,
    LIST
  }

  private Merging() {}

  /** The form of a value that may be null for absent. */
  static Form form(JsonNode value, TypeSchema type) {
    if (type.atomic()) {
      return Form.LEAF;
    }
    return switch (type.shape()) {
      case OBJECT, MAP -> Form.MAP;
      case LIST -> type.listType() == ListType.ATOMIC ? Form.LEAF : Form.LIST;
      case ANY -> value != null && value.isObject() ? Form.MAP : Form.LEAF;
      case STRING,
          INT32,
          INT64,
          DOUBLE,
          BOOLEAN,
          BYTES,
          TIME,
          MICRO_TIME,
          INT_OR_STRING,
          QUANTITY ->
          Form.LEAF;
    };
  }

  /**
   * The form that two values have together; null stands for absent, which takes the other's form.
   */
  static Form form(JsonNode left, JsonNode right, TypeSchema type) {
    Form form = form(right == null ? left : right, type);
    boolean nothing = isNothing(left) && isNothing(right);
    return nothing ? Form.LEAF : form;
  }

  private static boolean isNothing(JsonNode value) {
    return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
  }

  /** The type of a map's member; free where none is declared. */
  static TypeSchema member(TypeSchema type, String key) {
    return type.member(key).orElse(FREE);
  }

  /** The type of a list's items. */
  static TypeSchema item(TypeSchema type) {
    return type.element().orElse(FREE);
  }

  /** What tells an item of a set or keyed list apart. */
  static PathElement element(JsonNode item, TypeSchema list) {
    if (list.listType() == ListType.SET || !item.isObject()) {
      return PathElement.value(item);
    }
    Map<String, JsonNode> key = new LinkedHashMap<>();
    for (String name : list.mapKeys()) {
      JsonNode value = item.get(name);
      if (value == null) {
        value = absent(item(list), name);
      }
      if (value != null) {
        key.put(name, value);
      }
    }
    return PathElement.key(key);
  }

  /** What a key field is when an item leaves it out; null where nothing is known. */
  private static JsonNode absent(TypeSchema item, String name) {
    JsonNode value = defaultOf(item.member(name).orElse(FREE));
    // Go's fields that are always written have a value: OpenAPI names it as their default.
    boolean zero = value == null && item.field(name).filter(Field::keep).isPresent();
    if (!zero) {
      return value;
    }
    return item.field(name).orElseThrow().type().shape() == Shape.STRING
        ? JsonNodeFactory.instance.stringNode("")
        : JsonNodeFactory.instance.numberNode(0);
  }

  private static JsonNode defaultOf(TypeSchema type) {
    String text = type.defaultText();
    if (text.isEmpty()) {
      return null;
    }
    return switch (type.shape()) {
      case INT32, INT64 -> JsonNodeFactory.instance.numberNode(Long.parseLong(text));
      case BOOLEAN -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
      default -> JsonNodeFactory.instance.stringNode(text);
    };
  }
}
