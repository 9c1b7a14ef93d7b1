package dev.mlk.gpu.verify;

import dev.mlk.facts.Nodes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One GPU of a node that a smoke pod ran on.
 *
 * @param node the node
 * @param part the container that had it
 * @param log what that container printed
 * @param index its number in the container
 * @param number its number among all verified GPUs of the node
 */
record Smoked(GpuNode node, SmokePlan.Part part, SmokeLog log, int index, int number) {
  /** The GPUs of all containers that did arithmetic. */
  static List<Smoked> of(SmokePlan plan, List<SmokeLog> logs) {
    List<Smoked> all = new ArrayList<>();
    for (int i = 0; i < plan.parts().size() && i < logs.size(); i++) {
      SmokePlan.Part part = plan.parts().get(i);
      if (!part.witness()) {
        int devices = logs.get(i).all("device").size();
        for (int index = 0; index < Math.max(devices, 1); index++) {
          all.add(new Smoked(plan.node(), part, logs.get(i), index, all.size()));
        }
      }
    }
    return all;
  }

  JsonNode fact(String name) {
    return log.of(name, index);
  }

  JsonNode device() {
    return fact("device");
  }

  boolean simulated() {
    return log.simulated();
  }

  String uuid() {
    return device().path("uuid").asString("");
  }

  /** The MIG profile, such as {@code 1g.5gb}; empty for a whole GPU. */
  String profile() {
    return device().path("mig").asString("");
  }

  /** As driver, TensorFlow or the node's label name it; else empty. */
  String model() {
    for (JsonNode fact : List.of(device(), fact("listed"))) {
      String model = fact.path("model").asString("");
      if (!model.isEmpty()) {
        return model;
      }
    }
    return Nodes.model(node.object());
  }

  /** Whether TensorFlow has no GPU at all and computes on the processor. */
  boolean fellBack() {
    return !simulated()
        && (log.has("fallback")
            || (fact("product").has("placed")
                && !fact("product").path("placed").asString("").contains("GPU")));
  }
}
