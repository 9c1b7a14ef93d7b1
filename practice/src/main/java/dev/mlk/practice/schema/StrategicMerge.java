package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The maps of a strategic merge patch; lists are {@link StrategicList}'s. Rules:
 * https://github.com/kubernetes/community/blob/main/contributors/devel/sig-api-machinery/strategic-merge-patch.md
 */
final class StrategicMerge {
  static final String DIRECTIVE = "$patch";
  static final String ORDER = "$setElementOrder/";
  static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String RETAIN_KEYS = "$retainKeys";

  private StrategicMerge() {}

  /**
   * Merges into {@code original} and gives what stands in its place; both arguments are used up.
   *
   * @param type the map's type; null where the schema knows none
   */
  static ObjectNode map(ObjectNode original, ObjectNode patch, TypeSchema type) {
    JsonNode directive = patch.get(DIRECTIVE);
    if (directive != null) {
      return directed(directive, patch);
    }
    retainKeys(original, patch);
    ordered(original, patch, type);
    for (String key : List.copyOf(patch.propertyNames())) {
      JsonNode value = patch.get(key);
      if (key.startsWith(DELETE_FROM)) {
        deleteFrom(original, key.substring(DELETE_FROM.length()), value);
      } else if (value.isNull()) {
        original.remove(key);
      } else {
        member(original, key, value, type);
      }
    }
    return original;
  }

  private static ObjectNode directed(JsonNode directive, ObjectNode patch) {
    String word = directive.asString("");
    if (word.equals("replace")) {
      patch.remove(DIRECTIVE);
      return patch;
    }
    if (word.equals("delete")) {
      return JsonNodeFactory.instance.objectNode();
    }
    throw unknownDirective(directive, patch);
  }

  static PatchException unknownDirective(JsonNode directive, JsonNode map) {
    return PatchException.internal(
        "unknown patch type: " + GoText.string(directive) + " in map: " + GoText.of(map));
  }

  private static void member(ObjectNode original, String key, JsonNode value, TypeSchema type) {
    JsonNode old = original.get(key);
    Field field = type == null ? null : type.fields().get(key);
    if (old instanceof ObjectNode oldMap && value instanceof ObjectNode newMap) {
      original.set(key, map(oldMap, newMap, memberType(type, key)));
    } else if (old instanceof ArrayNode oldList && value instanceof ArrayNode newList) {
      boolean merges = field != null && field.merges();
      original.set(key, merges ? StrategicList.merge(oldList, newList, field) : newList);
    } else {
      withoutNulls(value);
      JsonNode plain = withoutDirectives(value);
      if (plain == null) {
        original.remove(key);
      } else {
        original.set(key, plain);
      }
    }
  }

  static TypeSchema memberType(TypeSchema type, String key) {
    return type == null || type.shape() == Shape.ANY ? null : type.member(key).orElse(null);
  }

  private static void deleteFrom(ObjectNode original, String key, JsonNode values) {
    if (!(original.get(key) instanceof ArrayNode list) || !values.isArray()) {
      return;
    }
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    Set<JsonNode> gone = new HashSet<>();
    values.forEach(gone::add);
    for (JsonNode item : list) {
      if (!gone.contains(item)) {
        kept.add(item);
      }
    }
    original.set(key, kept);
  }

  private static void retainKeys(ObjectNode original, ObjectNode patch) {
    JsonNode given = patch.remove(RETAIN_KEYS);
    if (given == null) {
      return;
    }
    PatchException badFormat = PatchException.badRequest("invalid patch format of retainKeys");
    if (!given.isArray()) {
      throw badFormat;
    }
    Set<String> retained = new HashSet<>();
    given.forEach(key -> retained.add(key.asString("")));
    for (var change : patch.properties()) {
      String key = change.getKey();
      boolean plain = !key.startsWith(DELETE_FROM) && !key.startsWith(ORDER);
      if (plain && !change.getValue().isNull() && !retained.contains(key)) {
        throw badFormat;
      }
    }
    original.retain(retained);
  }

  /** Lists with an order of their own, merged and put in that order. */
  private static void ordered(ObjectNode original, ObjectNode patch, TypeSchema type) {
    for (String directive : List.copyOf(patch.propertyNames())) {
      if (!directive.startsWith(ORDER)) {
        continue;
      }
      JsonNode order = patch.remove(directive);
      String key = directive.substring(ORDER.length());
      JsonNode old = original.get(key);
      JsonNode changes = patch.get(key);
      for (JsonNode list : Arrays.asList(order, old, changes)) {
        if (list != null && !list.isArray()) {
          throw unexpected("[]interface {}", list);
        }
      }
      Field field = type == null ? null : type.fields().get(key);
      if (field == null && type != null && type.shape() == Shape.OBJECT) {
        String struct = type.name().substring(type.name().lastIndexOf('.') + 1);
        throw PatchException.internal(
            "unable to find api field in struct " + struct + " for the json field \"" + key + "\"");
      }
      if (field == null || (old == null && changes == null)) {
        continue;
      }
      original.set(
          key,
          StrategicList.ordered((ArrayNode) old, (ArrayNode) changes, (ArrayNode) order, field));
      patch.remove(key);
    }
  }

  static PatchException unexpected(String wanted, JsonNode value) {
    return PatchException.internal(
        "expected a " + wanted + ", but received a " + GoText.type(value));
  }

  /** Nulls in new values say nothing. */
  private static void withoutNulls(JsonNode value) {
    if (value instanceof ObjectNode object) {
      object.removeIf(JsonNode::isNull);
    }
    value.forEach(StrategicMerge::withoutNulls);
  }

  /** The value without directives; null when it is nothing but one. */
  static JsonNode withoutDirectives(JsonNode value) {
    if (value instanceof ObjectNode object) {
      if (object.has(DIRECTIVE)) {
        return null;
      }
      for (String key : List.copyOf(object.propertyNames())) {
        boolean helper =
            key.startsWith(ORDER) || key.startsWith(DELETE_FROM) || key.equals(RETAIN_KEYS);
        JsonNode kept = helper ? null : withoutDirectives(object.get(key));
        if (kept == null) {
          object.remove(key);
        } else {
          object.set(key, kept);
        }
      }
    } else if (value instanceof ArrayNode list) {
      List<JsonNode> kept = new ArrayList<>();
      for (JsonNode item : list) {
        JsonNode plain = withoutDirectives(item);
        if (plain != null) {
          kept.add(plain);
        }
      }
      return JsonNodeFactory.instance.arrayNode().addAll(kept);
    }
    return value;
  }
}
