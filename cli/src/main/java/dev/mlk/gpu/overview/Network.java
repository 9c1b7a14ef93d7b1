package dev.mlk.gpu.overview;

import java.util.Map;
import java.util.Optional;

/**
 * What connects a node to others.
 *
 * @param text in words
 * @param gigabytes what the node sends and receives together, GB/s; 0 when nothing tells
 * @param source where the figure is from; empty when there is none
 */
record Network(String text, double gigabytes, String source) {
  private static final String LABEL = "node.kubernetes.io/instance-type";

  /** Gbit/s in each direction, as the clouds' pages on their machine types say. */
  private static final Map<String, Integer> MACHINES =
      Map.of(
          "p4d.24xlarge", 400,
          "p4de.24xlarge", 400,
          "p5.48xlarge", 3200,
          "a2-highgpu-8g", 100,
          "a2-ultragpu-8g", 100,
          "a3-highgpu-8g", 1000,
          "Standard_ND96asr_v4", 1600,
          "Standard_ND96isr_H100_v5", 3200);

  private static final double BITS_TO_BOTH_WAYS = 2.0 / 8;

  static Network of(GpuNode node) {
    Integer gigabits = MACHINES.get(node.label(LABEL));
    if (gigabits != null) {
      return new Network(
          gigabits + " Gbit/s",
          gigabits * BITS_TO_BOTH_WAYS,
          "the cloud's page on " + node.label(LABEL));
    }
    Optional<String> rdma =
        node.capacity().keySet().stream()
            .filter(
                name ->
                    name.startsWith("rdma/")
                        || name.contains("roce")
                        || name.contains("infiniband"))
            .sorted()
            .findFirst();
    return new Network(
        rdma.map(name -> "RDMA (" + name + "), speed unknown").orElse("speed unknown"), 0, "");
  }
}
