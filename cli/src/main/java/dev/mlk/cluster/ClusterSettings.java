package dev.mlk.cluster;

import dev.mlk.format.Json;
import dev.mlk.practice.node.GpuModel;
import dev.mlk.practice.node.NodeSpec;
import dev.mlk.practice.quantity.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a practice cluster is made of; kept in its folder, so that it starts again as it was.
 *
 * @param nodes how many nodes
 * @param gpus GPUs of each node
 * @param gpuModel the model that the GPUs pretend to be, as NVIDIA's labels name it
 * @param cpu CPUs of each node, a quantity
 * @param memory memory of each node, a quantity
 * @param port TLS port on loopback; 0 for the last one or any
 * @param operator whether the TFJob operator runs in the cluster's process
 */
record ClusterSettings(
    int nodes, int gpus, String gpuModel, String cpu, String memory, int port, boolean operator) {
  /** Three nodes with a GPU each. */
  static final ClusterSettings DEFAULT =
      new ClusterSettings(3, 1, "Tesla-T4", "8", "32Gi", 0, true);

  /** The settings of the cluster's last start, if it was ever started. */
  static Optional<ClusterSettings> read(Path file) {
    try {
      JsonNode tree = Json.read(Files.readString(file));
      return Optional.of(
          new ClusterSettings(
              tree.path("nodes").asInt(DEFAULT.nodes),
              tree.path("gpus").asInt(DEFAULT.gpus),
              tree.path("gpuModel").asString(DEFAULT.gpuModel),
              tree.path("cpu").asString(DEFAULT.cpu),
              tree.path("memory").asString(DEFAULT.memory),
              tree.path("port").asInt(DEFAULT.port),
              tree.path("operator").asBoolean(DEFAULT.operator)));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  ObjectNode json() {
    return Json.object()
        .put("nodes", nodes)
        .put("gpus", gpus)
        .put("gpuModel", gpuModel)
        .put("cpu", cpu)
        .put("memory", memory)
        .put("port", port)
        .put("operator", operator);
  }

  /** The nodes to make. */
  List<NodeSpec> nodeSpecs() {
    Quantity processors = Quantity.parse(cpu).orElse(Quantity.of(1));
    Quantity bytes = Quantity.parse(memory).orElse(Quantity.of(1L << 30));
    GpuModel model = GpuModels.find(gpuModel).orElse(GpuModel.T4);
    List<NodeSpec> specs = new ArrayList<>();
    for (int i = 1; i <= nodes; i++) {
      NodeSpec usual = NodeSpec.standard("node-" + i);
      specs.add(new NodeSpec(usual.name(), processors, bytes, usual.pods(), gpus, model, Map.of()));
    }
    return specs;
  }

  /** Such as {@code 3 nodes with 8 CPUs, 32Gi and 1 simulated GPU each}. */
  String words() {
    if (nodes == 0) {
      return "no nodes";
    }
    return nodes
        + (nodes == 1 ? " node" : " nodes")
        + " with "
        + cpu
        + (cpu.equals("1") ? " CPU, " : " CPUs, ")
        + memory
        + " and "
        + (gpus == 0 ? "no" : Integer.toString(gpus))
        + (gpus == 1 ? " simulated GPU" : " simulated GPUs")
        + (nodes == 1 ? "" : " each");
  }
}
