package dev.mlk.gpu.overview;

import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.Tolerations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What of a node is free, to try where pods would go. Only one thread may change it. */
final class Room {
  private final GpuNode node;
  private final List<GpuPod> holders;
  private final Map<String, Long> free;

  /**
   * The room of a node.
   *
   * @param holders the pods with devices there
   */
  Room(GpuNode node, Pods pods, List<GpuPod> holders) {
    this.node = node;
    this.holders = List.copyOf(holders);
    this.free = new HashMap<>(node.allocatable());
    free.replaceAll((resource, amount) -> amount - pods.used(node.name(), resource));
  }

  /** The rooms of all nodes. */
  static List<Room> all(List<GpuNode> nodes, Pods pods) {
    Map<String, List<GpuPod>> holders = new HashMap<>();
    for (GpuPod pod : pods.holders()) {
      holders.computeIfAbsent(pod.node(), _ -> new ArrayList<>()).add(pod);
    }
    List<Room> rooms = new ArrayList<>();
    for (GpuNode node : nodes) {
      rooms.add(new Room(node, pods, holders.getOrDefault(node.name(), List.of())));
    }
    return rooms;
  }

  GpuNode node() {
    return node;
  }

  List<GpuPod> holders() {
    return holders;
  }

  long free(String resource) {
    return free.getOrDefault(resource, 0L);
  }

  /** How many devices of any kind are free. */
  long freeDevices() {
    return node.devices().stream().mapToLong(device -> free(device.resource())).sum();
  }

  /** Takes what a pod asks for. */
  void take(Map<String, Long> requests) {
    requests.forEach((resource, amount) -> free.merge(resource, -amount, Long::sum));
    free.merge("pods", -1L, Long::sum);
  }

  /** Whether the empty node is large enough. */
  boolean largeEnough(Map<String, Long> requests) {
    return requests.entrySet().stream()
        .allMatch(e -> e.getValue() <= node.allocatable().getOrDefault(e.getKey(), 0L));
  }

  /** Whether the pod's selector and affinity take the node. */
  boolean admits(JsonNode pod) {
    return NodeSelector.admits(pod, node.object());
  }

  /** Whether the pod tolerates the node's taints. */
  boolean tolerated(JsonNode pod) {
    return Tolerations.tolerates(pod, node.object());
  }

  /** What the requests lack here, by resource; empty when they fit. */
  Map<String, Long> lacks(Map<String, Long> requests) {
    Map<String, Long> lacking = new HashMap<>();
    requests.forEach(
        (resource, amount) -> {
          if (amount > free(resource)) {
            lacking.put(resource, amount - free(resource));
          }
        });
    if (free("pods") < 1 && node.allocatable().containsKey("pods")) {
      lacking.put("pods", 1L);
    }
    return lacking;
  }

  /** What one device lacks here for the requests; 0 when enough is free. */
  long lacks(GpuPod pod, Device device) {
    return Math.max(0, pod.devices().getOrDefault(device, 0L) - free(device.resource()));
  }

  /** Whether all devices that the pod asks for are free here. */
  boolean hasDevices(GpuPod pod) {
    return pod.devices().keySet().stream().allMatch(device -> lacks(pod, device) == 0);
  }
}
