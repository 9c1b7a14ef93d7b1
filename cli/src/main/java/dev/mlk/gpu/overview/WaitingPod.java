package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.format.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that asks for devices and has no node.
 *
 * @param pod what it asks for, and whose it is
 * @param object where it may go: its tolerations, selector and affinity, as the API has them
 * @param reason the scheduler's word, such as {@code Unschedulable}; empty when it said nothing
 * @param message the scheduler's sentence
 * @param gated whether somebody holds it back from the scheduler
 */
record WaitingPod(GpuPod pod, ObjectNode object, String reason, String message, boolean gated) {
  /**
   * A pod.
   *
   * @param requests all that it asks for
   */
  static WaitingPod of(JsonNode pod, Map<String, Long> requests) {
    JsonNode condition = Nodes.condition(pod, "PodScheduled");
    JsonNode spec = pod.path("spec");
    ObjectNode kept = Json.object();
    ObjectNode keptSpec = kept.putObject("spec");
    for (String field : new String[] {"tolerations", "nodeSelector", "affinity", "schedulerName"}) {
      if (spec.has(field)) {
        keptSpec.set(field, spec.path(field));
      }
    }
    return new WaitingPod(
        GpuPod.of(pod, requests),
        kept,
        condition.path("reason").asString(""),
        condition.path("message").asString(""),
        !spec.path("schedulingGates").isEmpty());
  }
}
