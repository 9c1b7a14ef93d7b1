package dev.mlk.gpu.overview;

import dev.mlk.facts.Known;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of how GPUs are connected.
 *
 * @param snapshot nodes and pods
 * @param numa the NUMA zones of nodes, by name
 * @param look what a pod saw, where one was sent
 */
record Topology(Snapshot snapshot, Known<Map<String, Numa>> numa, Optional<Look> look) {
  /**
   * What a pod saw on a node.
   *
   * @param node the node
   * @param matrix how its GPUs are connected, or why that is not known
   */
  record Look(String node, Known<Matrix> matrix) {}

  /** What nvidia-smi draws is from, in words. */
  static final String SEEN = "nvidia-smi topo -m in a pod, just now";

  /** Where they are told. */
  static final String PATH = "/apis/topology.node.k8s.io/v1alpha2/noderesourcetopologies";

  /** The same with what a pod saw. */
  Topology with(Look seen) {
    return new Topology(snapshot, numa, Optional.of(seen));
  }

  /** What a pod saw on a node; empty where none was sent there. */
  Optional<Known<Matrix>> seenOn(GpuNode node) {
    return look.filter(one -> one.node().equals(node.name())).map(Look::matrix);
  }

  /** How the GPUs of a node are connected, where a pod saw it. */
  Optional<Matrix> matrix(GpuNode node) {
    return seenOn(node).flatMap(seen -> Optional.ofNullable(seen.or(null)));
  }

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
