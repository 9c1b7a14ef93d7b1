package dev.mlk.practice.schema;

import dev.mlk.practice.schema.Merging.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lays what was applied over the live object, and takes single paths out of an object; both make
 * new trees.
 */
final class TypedMerge {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TypedMerge() {}

  /** The live value with the applied one over it; either may be null for absent. */
  static JsonNode merge(JsonNode live, JsonNode applied, TypeSchema type) {
    Form form = Merging.form(live, applied, type);
    if (form == Form.LEAF) {
      return (applied == null ? live : applied).deepCopy();
    }
    return form == Form.MAP ? members(live, applied, type) : items(live, applied, type);
  }

  private static JsonNode members(JsonNode live, JsonNode applied, TypeSchema type) {
    ObjectNode merged = NODES.objectNode();
    Set<String> keys = new LinkedHashSet<>();
    if (live != null && live.isObject()) {
      keys.addAll(live.propertyNames());
    }
    if (applied != null && applied.isObject()) {
      keys.addAll(applied.propertyNames());
    }
    for (String key : keys) {
      JsonNode member =
          merge(
              live == null ? null : live.get(key),
              applied == null ? null : applied.get(key),
              Merging.member(type, key));
      merged.set(key, member);
    }
    return merged;
  }

  /** Items in the applied order, live ones between them where they were. */
  private static JsonNode items(JsonNode live, JsonNode applied, TypeSchema type) {
    Map<PathElement, JsonNode> right = index(applied, type);
    List<PathElement> leftOrder = order(live, type);
    Map<PathElement, JsonNode> left = unique(live, type);
    List<PathElement> rightOrder = new ArrayList<>(right.keySet());
    List<PathElement> shared = new ArrayList<>(rightOrder);
    shared.removeIf(element -> !left.containsKey(element));
    Set<PathElement> done = new LinkedHashSet<>();
    ArrayNode merged = NODES.arrayNode();
    int l = 0;
    int r = 0;
    while (l < leftOrder.size() || r < rightOrder.size()) {
      PathElement leftAt = l < leftOrder.size() ? leftOrder.get(l) : null;
      if (leftAt != null && !right.containsKey(leftAt)) {
        merged.add(live.get(l).deepCopy());
        l++;
        continue;
      }
      if (leftAt != null
          && (done.contains(leftAt) || (!shared.isEmpty() && !shared.getFirst().equals(leftAt)))) {
        l++;
        continue;
      }
      if (r >= rightOrder.size()) {
        l++;
        continue;
      }
      PathElement rightAt = rightOrder.get(r++);
      done.add(rightAt);
      shared.remove(rightAt);
      merged.add(merge(left.get(rightAt), right.get(rightAt), Merging.item(type)));
      l += rightAt.equals(leftAt) ? 1 : 0;
    }
    return merged;
  }

  private static Map<PathElement, JsonNode> index(JsonNode list, TypeSchema type) {
    Map<PathElement, JsonNode> items = new LinkedHashMap<>();
    if (list != null) {
      list.forEach(item -> items.put(Merging.element(item, type), item));
    }
    return items;
  }

  private static List<PathElement> order(JsonNode list, TypeSchema type) {
    List<PathElement> elements = new ArrayList<>();
    if (list != null) {
      list.forEach(item -> elements.add(Merging.element(item, type)));
    }
    return elements;
  }

  /** Items by element; those that come twice have no value to merge with. */
  private static Map<PathElement, JsonNode> unique(JsonNode list, TypeSchema type) {
    Map<PathElement, JsonNode> items = new LinkedHashMap<>();
    if (list != null) {
      for (JsonNode item : list) {
        PathElement element = Merging.element(item, type);
        items.put(element, items.containsKey(element) ? null : item);
      }
    }
    return items;
  }

  /** The value without the given paths; null when nothing is left of it. */
  static JsonNode without(JsonNode value, FieldSet gone, TypeSchema type) {
    return switch (Merging.form(value, type)) {
      case LEAF -> value.isContainer() ? null : value;
      case MAP -> value.isObject() ? withoutMembers(value, gone, type) : null;
      case LIST -> value.isArray() ? withoutItems(value, gone, type) : null;
    };
  }

  private static JsonNode withoutMembers(JsonNode map, FieldSet gone, TypeSchema type) {
    ObjectNode left = NODES.objectNode();
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      PathElement element = PathElement.field(member.getKey());
      if (!gone.has(element)) {
        FieldSet below = gone.below(element);
        JsonNode value =
            below.isEmpty()
                ? member.getValue()
                : without(member.getValue(), below, Merging.member(type, member.getKey()));
        if (value != null) {
          left.set(member.getKey(), value);
        }
      }
    }
    return left.isEmpty() ? null : left;
  }

  private static JsonNode withoutItems(JsonNode list, FieldSet gone, TypeSchema type) {
    ArrayNode left = NODES.arrayNode();
    for (JsonNode item : list) {
      PathElement element = Merging.element(item, type);
      if (!gone.has(element)) {
        FieldSet below = gone.below(element);
        JsonNode value = below.isEmpty() ? item : without(item, below, Merging.item(type));
        if (value != null) {
          left.add(value);
        }
      }
    }
    return left.isEmpty() ? null : left;
  }
}
