package dev.mlk.kube;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** An informer's objects by something else than their name: pods by node, dependents by owner. */
public final class Index {
  private final Map<String, Map<Key, ObjectNode>> found = new ConcurrentHashMap<>();
  private final Function<ObjectNode, Collection<String>> values;

  /**
   * An index over the informer's objects, kept current.
   *
   * @param values under which values an object is found; must depend on the object alone
   */
  public Index(Informer informer, Function<ObjectNode, Collection<String>> values) {
    this.values = values;
    informer.onChange(this::changed);
  }

  /** The objects under a value. */
  public Collection<ObjectNode> get(String value) {
    return List.copyOf(found.getOrDefault(value, Map.of()).values());
  }

  /** How many objects there are under a value. */
  public int count(String value) {
    return found.getOrDefault(value, Map.of()).size();
  }

  private void changed(Informer.Change change, ObjectNode before, ObjectNode now) {
    Collection<String> old = before == null ? List.of() : values.apply(before);
    Collection<String> current = change == Informer.Change.DELETED ? List.of() : values.apply(now);
    Key key = Key.of(now);
    for (String value : current) {
      found.computeIfAbsent(value, _ -> new ConcurrentHashMap<>()).put(key, now);
    }
    for (String value : old) {
      if (!current.contains(value)) {
        found.computeIfPresent(
            value,
            (_, objects) -> {
              objects.remove(key);
              return objects.isEmpty() ? null : objects;
            });
      }
    }
  }
}
