package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** What must have come about inside a new cluster before anybody is told that it is ready. */
final class Readiness {
  private static final String GPU = "nvidia.com/gpu";
  private static final Duration SERVED = Duration.ofSeconds(20);

  /** Not longer, for a device plugin may have been broken on purpose, to learn from it. */
  private static final Duration OFFERED = Duration.ofSeconds(2);

  private static final Duration AGAIN = Duration.ofMillis(5);

  private final ApiClient api;

  Readiness(ApiClient api) {
    this.api = api;
  }

  /** Waits until the server knows a new kind: who is told "ready" may submit a job at once. */
  void served(Resource definitions, String name) {
    until(SERVED, () -> established(api.get(definitions, "", name)));
  }

  /**
   * Waits until all nodes are there and their device plugins run: who is told "ready" may ask at
   * once where GPUs are.
   */
  void gpusOffered(Machines wanted) {
    until(
        OFFERED,
        () ->
            settled(api.list(Resources.DAEMON_SETS, "kube-system", Map.of()))
                && offered(api.list(Resources.NODES, "", Map.of()), wanted));
  }

  private static void until(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(AGAIN.toNanos());
    }
  }

  private static boolean established(JsonNode definition) {
    for (JsonNode condition : definition.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Established")) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static boolean settled(JsonNode sets) {
    for (JsonNode set : sets.path("items")) {
      JsonNode status = set.path("status");
      if (status.path("numberReady").asInt(0) < status.path("desiredNumberScheduled").asInt(1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean offered(JsonNode nodes, Machines wanted) {
    int offering = 0;
    for (JsonNode node : nodes.path("items")) {
      // Kubernetes writes whole numbers of devices as texts.
      String gpus = node.path("status").path("allocatable").path(GPU).asString("0");
      offering += gpus.equals(Integer.toString(wanted.gpus())) ? 1 : 0;
    }
    return offering >= wanted.nodes();
  }
}
