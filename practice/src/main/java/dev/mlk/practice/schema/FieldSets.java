package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Collects the paths of everything that an object says. */
final class FieldSets {
  private final FieldSet set = new FieldSet();
  private final List<PathElement> path = new ArrayList<>();

  private FieldSets() {}

  static FieldSet of(JsonNode object, TypeSchema type) {
    FieldSets run = new FieldSets();
    run.members(object, type);
    return run.set;
  }

  private void value(JsonNode value, TypeSchema type) {
    switch (Merging.form(value, type)) {
      case LEAF -> set.insert(path);
      case MAP -> members(value, type);
      case LIST -> items(value, type);
    }
  }

  private void members(JsonNode map, TypeSchema type) {
    for (Map.Entry<String, JsonNode> member : map.properties()) {
      JsonNode value = member.getValue();
      path.add(PathElement.field(member.getKey()));
      value(value, Merging.member(type, member.getKey()));
      boolean declared = type.shape() == Shape.OBJECT && type.fields().containsKey(member.getKey());
      if (value.isNull() || !declared || (value.isObject() && value.isEmpty())) {
        set.insert(path);
      }
      path.removeLast();
    }
  }

  private void items(JsonNode list, TypeSchema type) {
    Set<PathElement> seen = new HashSet<>();
    Set<PathElement> twice = new HashSet<>();
    for (JsonNode item : list) {
      PathElement element = Merging.element(item, type);
      if (!seen.add(element)) {
        twice.add(element);
      }
    }
    for (JsonNode item : list) {
      PathElement element = Merging.element(item, type);
      path.add(element);
      if (!twice.contains(element)) {
        value(item, Merging.item(type));
      }
      set.insert(path);
      path.removeLast();
    }
  }
}
