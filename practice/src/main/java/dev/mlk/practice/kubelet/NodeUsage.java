package dev.mlk.practice.kubelet;

import java.time.Instant;
import java.util.List;

/**
 * What the nodes of an agent use: nothing beside their containers.
 *
 * @param nodes the names of its nodes
 * @param time when it looked last
 * @param containers their running containers; those of a pod are left out while one of them has not
 *     been watched for long enough
 */
public record NodeUsage(List<String> nodes, Instant time, List<ContainerUsage> containers) {
  /** Where there is no agent. */
  public static final NodeUsage NONE = new NodeUsage(List.of(), Instant.EPOCH, List.of());

  public NodeUsage {
    nodes = List.copyOf(nodes);
    containers = List.copyOf(containers);
  }
}
