package dev.mlk.practice.scheduler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes and the pods on them, including pods whose binding is still under way. Guarded by the
 * scheduler's lock.
 */
final class ClusterState {
  private final Map<String, NodeState> nodes = new TreeMap<>();
  private final Map<String, String> nodeOfPod = new HashMap<>();
  private final Map<String, Placed> withAntiAffinity = new HashMap<>();

  /** All nodes, by name. */
  List<NodeState> nodes() {
    List<NodeState> known = new ArrayList<>(nodes.size());
    for (NodeState node : nodes.values()) {
      if (node.node() != null) {
        known.add(node);
      }
    }
    return known;
  }

  void setNode(ObjectNode node) {
    state(node.path("metadata").path("name").asString("")).set(node);
  }

  void removeNode(String name) {
    NodeState state = nodes.get(name);
    if (state != null) {
      state.set(null);
      forgetEmpty(state);
    }
  }

  /** Puts a pod on a node: bound, or about to be. */
  void place(Placed pod, String node) {
    String before = nodeOfPod.put(pod.uid(), node);
    if (before != null && !before.equals(node)) {
      state(before).remove(pod.uid());
    }
    state(node).add(pod);
    if (!pod.antiAffinity().isEmpty()) {
      withAntiAffinity.put(pod.uid(), pod);
    }
  }

  /** Takes a pod away; returns whether it was on a node. */
  boolean remove(String uid) {
    String node = nodeOfPod.remove(uid);
    withAntiAffinity.remove(uid);
    if (node == null) {
      return false;
    }
    NodeState state = state(node);
    state.remove(uid);
    forgetEmpty(state);
    return true;
  }

  boolean has(String uid) {
    return nodeOfPod.containsKey(uid);
  }

  /** Placed pods that insist on not being near certain others. */
  Collection<Placed> withAntiAffinity() {
    return withAntiAffinity.values();
  }

  /** The node of a placed pod. */
  NodeState nodeOf(Placed pod) {
    return state(nodeOfPod.getOrDefault(pod.uid(), ""));
  }

  private NodeState state(String name) {
    return nodes.computeIfAbsent(name, NodeState::new);
  }

  private void forgetEmpty(NodeState state) {
    if (state.node() == null && state.pods().isEmpty()) {
      nodes.remove(state.name());
    }
  }

  /** What of a node matters for placing pods: heartbeats do not. */
  static boolean sameForPods(JsonNode before, JsonNode now) {
    return before.path("spec").equals(now.path("spec"))
        && before.path("metadata").path("labels").equals(now.path("metadata").path("labels"))
        && before.path("status").path("allocatable").equals(now.path("status").path("allocatable"));
  }
}
