package dev.mlk.practice.scheduler;

import dev.mlk.practice.select.PodResources;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node and the pods on it, with the sums that filters need. */
final class NodeState {
  private final String name;
  private ObjectNode node;
  private Map<String, Long> allocatable = Map.of();
  private final Map<String, Long> used = new HashMap<>();
  private final Map<String, Placed> pods = new LinkedHashMap<>();

  NodeState(String name) {
    this.name = name;
  }

  /** The same without some of its pods, to try what would be. */
  NodeState without(Collection<Placed> gone) {
    NodeState copy = new NodeState(name);
    copy.node = node;
    copy.allocatable = allocatable;
    pods.values().stream().filter(pod -> !gone.contains(pod)).forEach(copy::add);
    return copy;
  }

  String name() {
    return name;
  }

  /** The node object; null while only its pods are known. */
  ObjectNode node() {
    return node;
  }

  JsonNode labels() {
    return node.path("metadata").path("labels");
  }

  void set(ObjectNode now) {
    node = now;
    allocatable = now == null ? Map.of() : PodResources.of(now.path("status").path("allocatable"));
  }

  void add(Placed pod) {
    remove(pod.uid());
    pods.put(pod.uid(), pod);
    pod.requests().forEach((resource, amount) -> used.merge(resource, amount, Long::sum));
  }

  void remove(String uid) {
    Placed pod = pods.remove(uid);
    if (pod != null) {
      pod.requests().forEach((resource, amount) -> used.merge(resource, -amount, Long::sum));
    }
  }

  Collection<Placed> pods() {
    return pods.values();
  }

  long allocatable(String resource) {
    return allocatable.getOrDefault(resource, 0L);
  }

  Set<String> resources() {
    return allocatable.keySet();
  }

  long used(String resource) {
    return used.getOrDefault(resource, 0L);
  }

  /** Host ports in use, as {@code protocol/port}. */
  Set<String> hostPorts() {
    Set<String> ports = new HashSet<>();
    pods.values().forEach(pod -> ports.addAll(hostPorts(pod.spec())));
    return ports;
  }

  static Set<String> hostPorts(JsonNode spec) {
    Set<String> ports = new HashSet<>();
    for (JsonNode container : spec.path("containers")) {
      for (JsonNode port : container.path("ports")) {
        int number = port.path("hostPort").asInt(0);
        if (number > 0) {
          ports.add(port.path("protocol").asString("TCP") + "/" + number);
        }
      }
    }
    return ports;
  }
}
