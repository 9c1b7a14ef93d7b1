package dev.mlk.gpu.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How near nodes are to each other, as some label tells: nodes with the same value share something.
 *
 * @param key the label
 * @param name what the nodes share, such as {@code leaf switch}
 */
record Level(String key, String name) {
  /** From near to far; of those that mean the same a cluster has one. */
  private static final List<Level> KNOWN =
      List.of(
          new Level("nvidia.com/gpu.clique", "NVLink domain"),
          new Level("network.topology.nvidia.com/accelerator", "NVLink domain"),
          new Level("accelerator.topograph.run/domain", "NVLink domain"),
          new Level("cloud.google.com/gce-topology-host", "host"),
          new Level("fabric.topograph.run/tier-0", "switch"),
          new Level("network.topology.nvidia.com/leaf", "leaf switch"),
          new Level("network.topology.nvidia.com/block", "leaf switch"),
          new Level("network.topology.kubernetes.io/block", "leaf switch"),
          new Level("topology.k8s.aws/network-node-layer-3", "network layer 3"),
          new Level("cloud.google.com/gce-topology-subblock", "sub-block"),
          new Level("topology.kubernetes.io/rack", "rack"),
          new Level("fabric.topograph.run/tier-1", "switch of tier 1"),
          new Level("network.topology.nvidia.com/spine", "spine switch"),
          new Level("network.topology.kubernetes.io/spine", "spine switch"),
          new Level("topology.k8s.aws/network-node-layer-2", "network layer 2"),
          new Level("cloud.google.com/gce-topology-block", "block"),
          new Level("fabric.topograph.run/tier-2", "switch of tier 2"),
          new Level("network.topology.nvidia.com/core", "core switch"),
          new Level("network.topology.nvidia.com/datacenter", "core switch"),
          new Level("topology.k8s.aws/network-node-layer-1", "network layer 1"),
          new Level("topology.kubernetes.io/zone", "zone"),
          new Level("topology.kubernetes.io/region", "region"));

  /** The levels that some of the nodes tell, from near to far. */
  static List<Level> of(List<GpuNode> nodes) {
    List<Level> told = new ArrayList<>();
    for (Level level : KNOWN) {
      if (nodes.stream().anyMatch(node -> level.of(node).isPresent())) {
        told.add(level);
      }
    }
    return told;
  }

  /** A node's value; empty when it does not tell. */
  Optional<String> of(GpuNode node) {
    String value = node.label(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** {@code leaf switch s1}. */
  String text(String value) {
    return name + " " + value;
  }
}
