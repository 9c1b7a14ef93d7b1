package dev.mlk.practice.scheduler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pods that others were evicted for, and the nodes where room is being made. */
final class Nominations {
  private record Nominated(Placed pod, String node) {}

  private final Map<String, Nominated> byUid = new HashMap<>();

  void put(Placed pod, String node) {
    byUid.put(pod.uid(), new Nominated(pod, node));
  }

  void remove(String uid) {
    byUid.remove(uid);
  }

  Optional<String> nodeOf(Placed pod) {
    return Optional.ofNullable(byUid.get(pod.uid())).map(Nominated::node);
  }

  /** The nodes as a pod must see them: room made for pods as important as it is taken. */
  List<NodeState> applied(List<NodeState> nodes, Placed pod) {
    if (byUid.isEmpty()) {
      return nodes;
    }
    List<NodeState> seen = new ArrayList<>(nodes.size());
    for (NodeState node : nodes) {
      NodeState view = node;
      for (Nominated other : byUid.values()) {
        if (other.node.equals(node.name())
            && !other.pod.uid().equals(pod.uid())
            && other.pod.priority() >= pod.priority()) {
          view = view == node ? node.without(List.of()) : view;
          view.add(other.pod);
        }
      }
      seen.add(view);
    }
    return seen;
  }
}
