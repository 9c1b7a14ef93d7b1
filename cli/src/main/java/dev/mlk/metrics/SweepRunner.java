package dev.mlk.metrics;

import dev.mlk.connect.Connection;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Whether somebody brings a sweep on, as its Lease says. */
final class SweepRunner {
  private static final long SECONDS = 15;

  private SweepRunner() {}

  /** Whether there is such a sweep, and somebody who runs it now. */
  static boolean runs(Connection connection, String sweep, Instant now) {
    if (sweep.isEmpty()) {
      return false;
    }
    try {
      return connection
          .client()
          .find(Resources.LEASES, connection.namespace(), "sweep-" + sweep)
          .map(lease -> held(lease.path("spec"), now))
          .orElse(false);
    } catch (ApiException e) {
      return false; // who may not look goes by the jobs
    }
  }

  private static boolean held(JsonNode spec, Instant now) {
    String renewed = spec.path("renewTime").asString("");
    return !spec.path("holderIdentity").asString("").isEmpty()
        && !renewed.isEmpty()
        && Instant.parse(renewed)
            .plusSeconds(spec.path("leaseDurationSeconds").asLong(SECONDS))
            .isAfter(now);
  }
}
