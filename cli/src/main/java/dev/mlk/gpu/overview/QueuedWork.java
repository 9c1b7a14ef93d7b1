package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.format.Json;
import dev.mlk.practice.select.PodResources;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Kueue Workload that has not been let in: its job has no pods yet.
 *
 * @param namespace its namespace
 * @param name the job's name
 * @param queue the queue that it waits in
 * @param devices what it asks for altogether
 * @param why the queue's own sentence
 * @param created when it was made
 */
record QueuedWork(
    String namespace,
    String name,
    String queue,
    Map<Device, Long> devices,
    String why,
    Optional<Instant> created) {
  QueuedWork {
    devices = Map.copyOf(devices);
  }

  /** The work that a Workload stands for; empty when it is let in, over, or asks for no device. */
  static Optional<QueuedWork> of(JsonNode workload) {
    JsonNode reserved = Nodes.condition(workload, "QuotaReserved");
    boolean over = Nodes.condition(workload, "Finished").path("status").asString("").equals("True");
    if (over || reserved.path("status").asString("").equals("True")) {
      return Optional.empty();
    }
    Map<Device, Long> devices = new TreeMap<>();
    for (JsonNode set : workload.path("spec").path("podSets")) {
      ObjectNode pod = Json.object();
      pod.set("spec", set.path("template").path("spec"));
      long count = set.path("count").asLong(1);
      PodResources.requests(pod)
          .forEach(
              (resource, amount) ->
                  Device.of(resource)
                      .filter(_ -> amount > 0)
                      .ifPresent(device -> devices.merge(device, amount * count, Long::sum)));
    }
    if (devices.isEmpty()) {
      return Optional.empty();
    }
    JsonNode owner = workload.path("metadata").path("ownerReferences").path(0);
    return Optional.of(
        new QueuedWork(
            workload.path("metadata").path("namespace").asString(""),
            owner.path("name").asString(Nodes.name(workload)),
            workload.path("spec").path("queueName").asString(""),
            devices,
            reserved.path("message").asString(""),
            GpuPod.time(workload.path("metadata").path("creationTimestamp"))));
  }
}
