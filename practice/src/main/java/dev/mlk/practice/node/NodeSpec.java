package dev.mlk.practice.node;

import dev.mlk.practice.quantity.Quantity;
import java.util.Map;
import java.util.Objects;

/**
 * A node to make.
 *
 * @param name its name
 * @param cpu its processors
 * @param memory its memory
 * @param pods how many pods it takes
 * @param gpus how many simulated GPUs it has
 * @param gpu their model
 * @param labels labels beyond those that every node has
 */
public record NodeSpec(
    String name,
    Quantity cpu,
    Quantity memory,
    int pods,
    int gpus,
    GpuModel gpu,
    Map<String, String> labels) {
  public NodeSpec {
    Objects.requireNonNull(name, "name");
    labels = Map.copyOf(labels);
  }

  /**
   * A node as the practice cluster has three of: 8 processors, 32 GiB, one GPU. It takes more pods
   * than a kubelet's 110, as simulated ones cost next to nothing.
   */
  public static NodeSpec standard(String name) {
    return new NodeSpec(
        name, Quantity.of(8), Quantity.parse("32Gi").orElseThrow(), 2000, 1, GpuModel.T4, Map.of());
  }
}
