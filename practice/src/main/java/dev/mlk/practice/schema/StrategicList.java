package dev.mlk.practice.schema;

import dev.mlk.practice.schema.TypeSchema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lists of a strategic merge patch: items merge by key, scalars as a set, and the patch's items
 * come first.
 */
final class StrategicList {
  private final String mergeKey;
  private final TypeSchema itemType;

  private StrategicList(Field field) {
    this.mergeKey = field.mergeKey();
    this.itemType = field.type().element().orElse(null);
  }

  /** The merged list, in the server's order for patches without an order of their own. */
  static ArrayNode merge(ArrayNode original, ArrayNode patch, Field field) {
    return list(new StrategicList(field).merged(items(original), items(patch)));
  }

  /** The merged list in the order of {@code order}; either list may be null. */
  static ArrayNode ordered(ArrayNode original, ArrayNode patch, ArrayNode order, Field field) {
    StrategicList rules = new StrategicList(field);
    List<JsonNode> old = original == null ? List.of() : items(original);
    List<JsonNode> wanted = items(order);
    List<JsonNode> merged = old;
    wanted.forEach(rules::named);
    if (patch != null) {
      rules.matchOrder(items(patch), wanted);
      if (original == null) {
        merged = items(StrategicMerge.withoutDirectives(patch));
      } else {
        merged = field.merges() ? rules.merged(old, items(patch)) : items(patch);
      }
    }
    return list(rules.inOrder(merged, wanted, old));
  }

  private List<JsonNode> merged(List<JsonNode> original, List<JsonNode> patch) {
    sameKinds(original, patch);
    boolean maps =
        !original.isEmpty()
            ? original.getFirst().isObject()
            : !patch.isEmpty() && patch.getFirst().isObject();
    if (!maps) {
      LinkedHashSet<JsonNode> both = new LinkedHashSet<>(original);
      both.addAll(patch);
      return inOrder(new ArrayList<>(both), patch, original);
    }
    if (mergeKey.isEmpty()) {
      throw PatchException.internal("cannot merge lists without merge key for ");
    }
    List<JsonNode> kept = new ArrayList<>(original);
    List<JsonNode> changes = new ArrayList<>();
    if (directives(kept, patch, changes)) {
      return changes;
    }
    List<JsonNode> serverOrder = List.copyOf(kept);
    for (JsonNode change : changes) {
      int at = indexOf(kept, key(change));
      if (at < 0) {
        kept.add(change);
      } else {
        kept.set(at, StrategicMerge.map((ObjectNode) kept.get(at), (ObjectNode) change, itemType));
      }
    }
    return inOrder(kept, changes, serverOrder);
  }

  /** Carries out delete items; true when the patch replaces the whole list. */
  private boolean directives(List<JsonNode> kept, List<JsonNode> patch, List<JsonNode> changes) {
    boolean replace = false;
    for (JsonNode item : patch) {
      JsonNode directive = item.get(StrategicMerge.DIRECTIVE);
      if (directive == null) {
        changes.add(item);
        continue;
      }
      switch (directive.asString("")) {
        case "delete" -> {
          JsonNode key = key(item);
          kept.removeIf(each -> key.equals(each.get(mergeKey)));
        }
        case "replace" -> replace = true;
        case "merge" ->
            throw PatchException.internal("merging lists cannot yet be specified in the patch");
        default -> throw StrategicMerge.unknownDirective(directive, item);
      }
    }
    return replace;
  }

  private static void sameKinds(List<JsonNode> original, List<JsonNode> patch) {
    JsonNode first = null;
    for (List<JsonNode> list : List.of(original, patch)) {
      for (JsonNode item : list) {
        first = first == null ? item : first;
        if (first.getNodeType() != item.getNodeType()) {
          throw PatchException.internal(
              "list element types are not identical: ["
                  + GoText.of(list(original))
                  + " "
                  + GoText.of(list(patch))
                  + "]");
        }
      }
    }
  }

  /**
   * Items named by {@code wanted} in its order, the others in {@code server}'s, the two woven by
   * {@code server}'s.
   */
  private List<JsonNode> inOrder(
      List<JsonNode> merged, List<JsonNode> wanted, List<JsonNode> server) {
    List<JsonNode> named = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode item : merged) {
      (indexOf(wanted, key(item)) >= 0 ? named : others).add(item);
    }
    named.sort(Comparator.comparingInt(item -> indexOf(wanted, key(item))));
    others.sort(Comparator.comparingInt(item -> indexOf(server, key(item))));
    List<JsonNode> woven = new ArrayList<>(merged.size());
    int left = 0;
    int right = 0;
    while (left < others.size() || right < named.size()) {
      boolean takeLeft = right >= named.size();
      if (left < others.size() && right < named.size()) {
        int leftAt = indexOf(server, key(others.get(left)));
        int rightAt = indexOf(server, key(named.get(right)));
        takeLeft = leftAt >= 0 && rightAt >= 0 && leftAt < rightAt;
      }
      woven.add(takeLeft ? others.get(left++) : named.get(right++));
    }
    return woven;
  }

  /** The patch's items must come in the order that the patch itself asks for. */
  private void matchOrder(List<JsonNode> patch, List<JsonNode> order) {
    if (patch.isEmpty() || order.isEmpty()) {
      return;
    }
    List<JsonNode> plain =
        patch.stream().filter(item -> !item.has(StrategicMerge.DIRECTIVE)).toList();
    int matched = 0;
    for (JsonNode wanted : order) {
      if (matched < plain.size() && key(plain.get(matched)).equals(key(wanted))) {
        matched++;
      }
    }
    if (matched < plain.size()) {
      throw PatchException.internal(
          "The order in patch list:\n"
              + GoText.of(list(patch))
              + "\n doesn't match $setElementOrder list:\n"
              + GoText.of(list(order))
              + "\n");
    }
  }

  /** What an order names must be told apart as the items are. */
  private void named(JsonNode item) {
    if (!mergeKey.isEmpty() && !item.isObject()) {
      throw StrategicMerge.unexpected("map[string]interface {}", item);
    }
    key(item);
  }

  private int indexOf(List<JsonNode> list, JsonNode key) {
    for (int i = 0; i < list.size(); i++) {
      if (key.equals(list.get(i).isObject() ? list.get(i).get(mergeKey) : list.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** What tells an item apart: its merge key, or a scalar itself. */
  private JsonNode key(JsonNode item) {
    if (!item.isObject() || mergeKey.isEmpty()) {
      return item;
    }
    JsonNode key = item.get(mergeKey);
    if (key == null) {
      throw PatchException.internal(
          "map: " + GoText.of(item) + " does not contain declared merge key: " + mergeKey);
    }
    return key;
  }

  private static List<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  private static ArrayNode list(List<JsonNode> items) {
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }
}
