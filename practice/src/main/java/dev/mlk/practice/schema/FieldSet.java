package dev.mlk.practice.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of paths into an object: what a manager owns. The form is fieldsV1 of
 * https://github.com/kubernetes-sigs/structured-merge-diff; a path may be in the set without what
 * is below it, and the other way round.
 */
final class FieldSet {
  private final TreeSet<PathElement> members = new TreeSet<>();
  private final TreeMap<PathElement, FieldSet> children = new TreeMap<>();

  /** Reads fieldsV1; what is no path element is left out. */
  static FieldSet parse(JsonNode fields) {
    FieldSet set = new FieldSet();
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      if (entry.getKey().equals(".")) {
        continue;
      }
      PathElement element = PathElement.parse(entry.getKey());
      JsonNode below = entry.getValue();
      if (below.isEmpty() || below.has(".")) {
        set.members.add(element);
      }
      FieldSet child = parse(below);
      if (!child.isEmpty()) {
        set.children.put(element, child);
      }
    }
    return set;
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    TreeSet<PathElement> all = new TreeSet<>(members);
    all.addAll(children.keySet());
    for (PathElement element : all) {
      ObjectNode below = JsonNodeFactory.instance.objectNode();
      FieldSet child = children.get(element);
      if (child != null) {
        if (members.contains(element)) {
          below.putObject(".");
        }
        child.toJson().properties().forEach(e -> below.set(e.getKey(), e.getValue()));
      }
      json.set(element.encoded(), below);
    }
    return json;
  }

  boolean isEmpty() {
    return members.isEmpty() && children.isEmpty();
  }

  void insert(List<PathElement> path) {
    if (path.isEmpty()) {
      return;
    }
    FieldSet set = this;
    for (PathElement element : path.subList(0, path.size() - 1)) {
      set = set.children.computeIfAbsent(element, _ -> new FieldSet());
    }
    set.members.add(path.getLast());
  }

  boolean has(PathElement element) {
    return members.contains(element);
  }

  /** What is below an element; empty when nothing is. */
  FieldSet below(PathElement element) {
    FieldSet child = children.get(element);
    return child == null ? new FieldSet() : child;
  }

  FieldSet union(FieldSet other) {
    FieldSet result = new FieldSet();
    result.members.addAll(members);
    result.members.addAll(other.members);
    result.children.putAll(children);
    other.children.forEach((element, set) -> result.children.merge(element, set, FieldSet::union));
    return result;
  }

  FieldSet intersection(FieldSet other) {
    FieldSet result = new FieldSet();
    result.members.addAll(members);
    result.members.retainAll(other.members);
    children.forEach(
        (element, set) -> result.child(element, set.intersection(other.below(element))));
    return result;
  }

  /** This without the very paths of the other. */
  FieldSet difference(FieldSet other) {
    FieldSet result = new FieldSet();
    result.members.addAll(members);
    result.members.removeAll(other.members);
    children.forEach((element, set) -> result.child(element, set.difference(other.below(element))));
    return result;
  }

  /** This without the paths of the other and all that is below them. */
  FieldSet without(FieldSet other) {
    FieldSet result = new FieldSet();
    result.members.addAll(members);
    result.members.removeAll(other.members);
    children.forEach(
        (element, set) -> {
          if (!other.members.contains(element)) {
            result.child(element, set.without(other.below(element)));
          }
        });
    return result;
  }

  /** This with every declared field on the way to a member. */
  FieldSet withNamedFields(TypeSchema type) {
    FieldSet result = new FieldSet();
    result.members.addAll(members);
    children.forEach(
        (element, set) -> {
          boolean field = element.kind() == PathElement.Kind.FIELD;
          if (field && type.fields().containsKey(element.text())) {
            result.members.add(element);
          }
          TypeSchema below = field ? Merging.member(type, element.text()) : Merging.item(type);
          result.children.put(element, set.withNamedFields(below));
        });
    return result;
  }

  /** The paths, each set's own members before what is below. */
  void forEach(Consumer<List<PathElement>> action) {
    walk(new ArrayList<>(), action);
  }

  private void walk(List<PathElement> prefix, Consumer<List<PathElement>> action) {
    for (PathElement member : members) {
      List<PathElement> path = new ArrayList<>(prefix);
      path.add(member);
      action.accept(path);
    }
    children.forEach(
        (element, set) -> {
          prefix.add(element);
          set.walk(prefix, action);
          prefix.removeLast();
        });
  }

  private void child(PathElement element, FieldSet set) {
    if (!set.isEmpty()) {
      children.put(element, set);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set
        && members.equals(set.members)
        && children.equals(set.children);
  }

  @Override
  public int hashCode() {
    return members.hashCode() * 31 + children.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
