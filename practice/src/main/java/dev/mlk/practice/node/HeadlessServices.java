package dev.mlk.practice.node;

import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Headless Services by their selectors, found without looking at each: a training job has one for
 * each pod. A selector of the same labels' names as others differs from them in the values only.
 */
final class HeadlessServices {
  /** The sets of names that selectors have, by namespace: a handful. */
  private final Map<String, Set<List<String>>> shapes = new ConcurrentHashMap<>();

  private final Index bySelector;

  HeadlessServices(Informer services) {
    bySelector = new Index(services, this::selector);
  }

  /** The names of those whose selector the labels of a pod satisfy. */
  List<String> names(String namespace, JsonNode labels) {
    List<String> found = new ArrayList<>();
    for (List<String> shape : shapes.getOrDefault(namespace, Set.of())) {
      if (shape.stream().allMatch(labels::has)) {
        for (ObjectNode service : bySelector.get(text(namespace, shape, labels))) {
          found.add(service.path("metadata").path("name").asString(""));
        }
      }
    }
    return found;
  }

  private Collection<String> selector(ObjectNode service) {
    JsonNode selector = service.path("spec").path("selector");
    if (!service.path("spec").path("clusterIP").asString("").equals("None") || selector.isEmpty()) {
      return List.of();
    }
    String namespace = service.path("metadata").path("namespace").asString("");
    List<String> shape = List.copyOf(new TreeSet<>(selector.propertyNames()));
    shapes.computeIfAbsent(namespace, _ -> ConcurrentHashMap.newKeySet()).add(shape);
    return List.of(text(namespace, shape, selector));
  }

  private static String text(String namespace, List<String> names, JsonNode values) {
    StringBuilder text = new StringBuilder(namespace);
    for (String name : names) {
      text.append(',').append(name).append('=').append(values.path(name).asString(""));
    }
    return text.toString();
  }
}
