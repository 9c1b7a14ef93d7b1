package dev.mlk.practice.schema;

import dev.mlk.practice.schema.Merging.Form;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which paths an old and a new object differ in. */
final class Comparison {
  private FieldSet added = new FieldSet();
  private FieldSet modified = new FieldSet();
  private FieldSet removed = new FieldSet();
  private final List<PathElement> path = new ArrayList<>();

  private Comparison() {}

  /** Compares, leaving out {@code ignored} and all below. */
  static Comparison of(JsonNode old, JsonNode object, TypeSchema type, FieldSet ignored) {
    Comparison comparison = new Comparison();
    comparison.value(old, object, type);
    comparison.added = comparison.added.without(ignored);
    comparison.modified = comparison.modified.without(ignored);
    comparison.removed = comparison.removed.without(ignored);
    return comparison;
  }

  /** Paths that only the new object has or in which it differs. */
  FieldSet changed() {
    return modified.union(added);
  }

  FieldSet removed() {
    return removed;
  }

  /** Either side may be null for absent, not both. */
  private void value(JsonNode old, JsonNode now, TypeSchema type) {
    Form form = Merging.form(old, now, type);
    if (form == Form.LEAF) {
      boolean wasMap = old != null && now != null && Merging.form(old, type) == Form.MAP;
      if (wasMap && !now.isContainer()) {
        members(old, null, type);
      }
      leaf(old, now);
      return;
    }
    if (form == Form.MAP) {
      members(old, now, type);
    } else {
      items(old, now, type);
    }
    if (old == null) {
      added.insert(path);
    } else if (now == null) {
      removed.insert(path);
    }
  }

  private void leaf(JsonNode old, JsonNode now) {
    if (old == null) {
      added.insert(path);
    } else if (now == null) {
      removed.insert(path);
    } else if (!Numbers.equal(old, now)) {
      modified.insert(path);
    }
  }

  private void members(JsonNode old, JsonNode now, TypeSchema type) {
    Set<String> keys = new LinkedHashSet<>();
    if (old != null && old.isObject()) {
      keys.addAll(old.propertyNames());
    }
    if (now != null && now.isObject()) {
      keys.addAll(now.propertyNames());
    }
    for (String key : keys) {
      path.add(PathElement.field(key));
      value(
          old == null ? null : old.get(key),
          now == null ? null : now.get(key),
          Merging.member(type, key));
      path.removeLast();
    }
  }

  private void items(JsonNode old, JsonNode now, TypeSchema type) {
    Map<PathElement, List<JsonNode>> before = byElement(old, type);
    Map<PathElement, List<JsonNode>> after = byElement(now, type);
    Set<PathElement> all = new LinkedHashSet<>(before.keySet());
    all.addAll(after.keySet());
    for (PathElement element : all) {
      path.add(element);
      item(
          before.getOrDefault(element, List.of()),
          after.getOrDefault(element, List.of()),
          Merging.item(type));
      path.removeLast();
    }
  }

  /** Items that appear more than once under one key are looked at as one value. */
  private void item(List<JsonNode> before, List<JsonNode> after, TypeSchema type) {
    JsonNode old = before.isEmpty() ? null : before.getFirst();
    JsonNode now = after.isEmpty() ? null : after.getFirst();
    if (before.size() > 1 && after.size() > 1) {
      if (!before.equals(after)) {
        modified.insert(path);
      }
    } else if (before.size() > 1) {
      if (now != null) {
        value(null, now, type);
      }
      removed.insert(path);
    } else if (after.size() > 1) {
      if (old != null) {
        value(old, null, type);
      }
      added.insert(path);
    } else {
      value(old, now, type);
    }
  }

  private static Map<PathElement, List<JsonNode>> byElement(JsonNode list, TypeSchema type) {
    Map<PathElement, List<JsonNode>> items = new LinkedHashMap<>();
    if (list != null) {
      for (JsonNode item : list) {
        items.computeIfAbsent(Merging.element(item, type), _ -> new ArrayList<>()).add(item);
      }
    }
    return items;
  }
}
