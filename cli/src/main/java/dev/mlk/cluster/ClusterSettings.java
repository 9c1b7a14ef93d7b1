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
 * What a cluster is made of, kept from start to start.
 *
 * @param machines its nodes
 * @param port the TLS port; 0 for any
 * @param operator whether the TFJob operator runs inside
 * @param engine its control plane
 */
record ClusterSettings(Machines machines, int port, boolean operator, Engine engine) {
  /** Three nodes with a GPU each, built-in engine. */
  static final ClusterSettings DEFAULT =
      new ClusterSettings(Machines.DEFAULT, 0, true, Engine.DEFAULT);

  /** The settings of the cluster's last start, if it was ever started. */
  static Optional<ClusterSettings> read(Path file) {
    try {
      JsonNode tree = Json.read(Files.readString(file));
      Machines usual = Machines.DEFAULT;
      return Optional.of(
          new ClusterSettings(
              new Machines(
                  tree.path("nodes").asInt(usual.nodes()),
                  tree.path("gpus").asInt(usual.gpus()),
                  tree.path("gpuModel").asString(usual.gpuModel()),
                  tree.path("cpu").asString(usual.cpu()),
                  tree.path("memory").asString(usual.memory())),
              tree.path("port").asInt(DEFAULT.port),
              tree.path("operator").asBoolean(DEFAULT.operator),
              new Engine(
                  tree.path("engine").asString(Engine.BUILT_IN),
                  tree.path("kubernetesBin").asString(""))));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("engine", engine.name())
            .put("nodes", machines.nodes())
            .put("gpus", machines.gpus())
            .put("gpuModel", machines.gpuModel())
            .put("cpu", machines.cpu())
            .put("memory", machines.memory())
            .put("port", port)
            .put("operator", operator);
    return engine.real() ? json.put("kubernetesBin", engine.programs()) : json;
  }

  ClusterSettings with(Engine other) {
    return new ClusterSettings(machines, port, operator, other);
  }

  /** The nodes to make. */
  List<NodeSpec> nodeSpecs() {
    Quantity processors = Quantity.parse(machines.cpu()).orElse(Quantity.of(1));
    Quantity bytes = Quantity.parse(machines.memory()).orElse(Quantity.of(1L << 30));
    GpuModel model = GpuModels.find(machines.gpuModel()).orElse(GpuModel.T4);
    List<NodeSpec> specs = new ArrayList<>();
    for (int i = 1; i <= machines.nodes(); i++) {
      NodeSpec usual = NodeSpec.standard("node-" + i);
      specs.add(
          new NodeSpec(
              usual.name(), processors, bytes, usual.pods(), machines.gpus(), model, Map.of()));
    }
    return specs;
  }

  /** Such as {@code 3 nodes with 8 CPUs, 32Gi and 1 simulated GPU each}. */
  String words() {
    return machines.words() + (engine.real() ? ", real control plane" : "");
  }
}
