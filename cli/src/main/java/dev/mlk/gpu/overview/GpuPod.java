package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.practice.select.PodResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A pod that asks for devices.
 *
 * @param namespace its namespace
 * @param name its name
 * @param node where it is; empty while it waits for a node
 * @param requests all that it asks for: CPU in thousandths, everything else in units of one
 * @param owner whose it is
 * @param queue the queue that it was let through, or waits in; empty for none
 * @param created when it was made
 * @param idle whether it uses what it holds, as far as anything tells
 * @param use what was measured of its GPUs
 */
record GpuPod(
    String namespace,
    String name,
    String node,
    Map<String, Long> requests,
    Owner owner,
    String queue,
    Optional<Instant> created,
    Idle idle,
    Optional<GpuUse.Figure> use) {
  /** Labels and annotations of Kueue, Volcano, YuniKorn, KAI and run:ai. */
  private static final List<String> QUEUES =
      List.of(
          "kueue.x-k8s.io/queue-name",
          "kueue.x-k8s.io/local-queue-name",
          "volcano.sh/queue-name",
          "scheduling.volcano.sh/queue-name",
          "yunikorn.apache.org/queue",
          "kai.scheduler/queue",
          "runai/queue",
          "queue");

  GpuPod {
    requests = Map.copyOf(requests);
  }

  static GpuPod of(JsonNode pod, Map<String, Long> requests) {
    return new GpuPod(
        pod.path("metadata").path("namespace").asString(""),
        Nodes.name(pod),
        pod.path("spec").path("nodeName").asString(""),
        requests,
        Owner.of(pod),
        queue(pod),
        time(pod.path("metadata").path("creationTimestamp")),
        idle(pod),
        Optional.empty());
  }

  /** The same, measured. */
  GpuPod measured(GpuUse.Figure figure, Idle seen) {
    return new GpuPod(
        namespace, name, node, requests, owner, queue, created, seen, Optional.of(figure));
  }

  static String queue(JsonNode object) {
    for (String key : QUEUES) {
      String label = Nodes.label(object, key);
      String value =
          label.isEmpty()
              ? object.path("metadata").path("annotations").path(key).asString("")
              : label;
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** A pod whose containers with devices do not run holds them for nothing. */
  private static Idle idle(JsonNode pod) {
    Optional<Instant> latest = Optional.empty();
    boolean told = false;
    for (JsonNode container : pod.path("spec").path("containers")) {
      JsonNode resources = container.path("resources");
      if (!Device.any(PodResources.of(resources.path("limits")))
          && resources.path("claims").isEmpty()) {
        continue;
      }
      JsonNode status = status(pod, container.path("name").asString(""));
      if (status.path("state").has("running")) {
        return Idle.UNKNOWN;
      }
      told = true;
      Optional<Instant> ended = time(status.path("state").path("terminated").path("finishedAt"));
      if (ended.isEmpty()) {
        ended = time(status.path("lastState").path("terminated").path("finishedAt"));
      }
      if (ended.isPresent() && latest.map(ended.get()::isAfter).orElse(true)) {
        latest = ended;
      }
    }
    if (!told) {
      return Idle.UNKNOWN;
    }
    return latest
        .or(() -> time(Nodes.condition(pod, "PodScheduled").path("lastTransitionTime")))
        .map(Idle::since)
        .orElse(Idle.NOW);
  }

  private static JsonNode status(JsonNode pod, String container) {
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      if (status.path("name").asString("").equals(container)) {
        return status;
      }
    }
    return tools.jackson.databind.node.MissingNode.getInstance();
  }

  static Optional<Instant> time(JsonNode text) {
    try {
      return text.isString() ? Optional.of(Instant.parse(text.asString())) : Optional.empty();
    } catch (java.time.DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How many of which device it asks for. */
  Map<Device, Long> devices() {
    Map<Device, Long> devices = new TreeMap<>();
    requests.forEach(
        (resource, amount) ->
            Device.of(resource)
                .filter(_ -> amount > 0)
                .ifPresent(device -> devices.put(device, amount)));
    return devices;
  }

  /** {@code team/mnist-worker-0}. */
  String key() {
    return namespace + "/" + name;
  }
}
