package dev.mlk.practice.controller;

import dev.mlk.kube.Index;
import dev.mlk.kube.Resources;
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
 * Which services select a pod and which pods a service selects, without comparing all with all: a
 * thousand jobs have thousands of both.
 */
final class Selections {
  /** The label names that selectors of a namespace's services ask for; few, and kept. */
  private final Map<String, Set<List<String>>> shapes = new ConcurrentHashMap<>();

  private final Index services;
  private final Index pods;

  Selections(Shared shared) {
    services = new Index(shared.informer(Resources.SERVICES), this::selector);
    pods = new Index(shared.informer(Resources.PODS), Selections::labels);
  }

  /** The services whose selectors the labels of an object like this one satisfy. */
  List<ObjectNode> services(JsonNode pod) {
    String namespace = Fields.namespace(pod);
    JsonNode labels = Fields.at(pod, "metadata", "labels");
    List<ObjectNode> found = new ArrayList<>();
    for (List<String> names : shapes.getOrDefault(namespace, Set.of())) {
      if (names.stream().allMatch(labels::has)) {
        found.addAll(services.get(text(namespace, names, labels)));
      }
    }
    return found;
  }

  /** Pods among which are all that the service selects: those of its rarest label. */
  Collection<ObjectNode> candidates(JsonNode service) {
    JsonNode selector = Fields.at(service, "spec", "selector");
    String rarest = "";
    int fewest = Integer.MAX_VALUE;
    for (String name : selector.propertyNames()) {
      String label = text(Fields.namespace(service), List.of(name), selector);
      int count = pods.count(label);
      if (count < fewest) {
        rarest = label;
        fewest = count;
      }
    }
    return pods.get(rarest);
  }

  private Collection<String> selector(ObjectNode service) {
    JsonNode selector = Fields.at(service, "spec", "selector");
    if (selector.isEmpty()) {
      return List.of();
    }
    String namespace = Fields.namespace(service);
    List<String> names = List.copyOf(new TreeSet<>(selector.propertyNames()));
    shapes.computeIfAbsent(namespace, _ -> ConcurrentHashMap.newKeySet()).add(names);
    return List.of(text(namespace, names, selector));
  }

  private static Collection<String> labels(ObjectNode pod) {
    JsonNode labels = Fields.at(pod, "metadata", "labels");
    List<String> all = new ArrayList<>();
    for (String name : labels.propertyNames()) {
      all.add(text(Fields.namespace(pod), List.of(name), labels));
    }
    return all;
  }

  private static String text(String namespace, List<String> names, JsonNode labels) {
    StringBuilder text = new StringBuilder(namespace);
    for (String name : names) {
      text.append(',').append(name).append('=').append(labels.path(name).asString(""));
    }
    return text.toString();
  }
}
