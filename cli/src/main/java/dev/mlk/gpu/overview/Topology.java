package dev.mlk.gpu.overview;

import dev.mlk.facts.Known;
import java.util.List;
import java.util.Map;

/**
 * What is known of how GPUs are connected.
 *
 * @param snapshot nodes and pods
 * @param numa the NUMA zones of nodes, by name
 */
record Topology(Snapshot snapshot, Known<Map<String, Numa>> numa) {
  /** Where they are told. */
  static final String PATH = "/apis/topology.node.k8s.io/v1alpha2/noderesourcetopologies";

  /** The nodes with devices, by name. */
  List<GpuNode> nodes() {
    return snapshot.gpuNodes();
  }

  /** How many of a node's devices are free; -1 when that is not known. */
  long free(GpuNode node, Device device) {
    return snapshot.roomKnown()
        ? Math.max(0, node.offers(device) - snapshot.used(node, device))
        : -1;
  }
}
