package dev.mlk.board.pod;

import dev.mlk.connect.Connection;
import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.metrics.JobLogs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The node where a claim is held that only one node may hold at a time. */
final class ClaimNode {
  private ClaimNode() {}

  /** The node; empty when a pod may be anywhere, or when nobody holds the claim now. */
  static Optional<String> of(Connection connection, List<JobLogs> logs) {
    try {
      for (JobLogs one : logs) {
        String claim =
            one.place().volume().path("persistentVolumeClaim").path("claimName").asString("");
        if (!claim.isEmpty() && oneNodeOnly(connection, claim)) {
          Optional<String> node = holder(connection, one.jobName());
          if (node.isPresent()) {
            return node;
          }
        }
      }
    } catch (ApiException e) {
      // Who may not look leaves it to the scheduler.
    }
    return Optional.empty();
  }

  private static boolean oneNodeOnly(Connection connection, String claim) {
    Optional<? extends JsonNode> found =
        connection.client().find(Resources.VOLUME_CLAIMS, connection.namespace(), claim);
    if (found.isEmpty()) {
      return false;
    }
    for (JsonNode mode : found.get().path("spec").path("accessModes")) {
      if (mode.asString("").endsWith("Many")) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> holder(Connection connection, String job) {
    Map<String, String> its = Map.of("labelSelector", Job.JOB_LABEL + "=" + job);
    for (JsonNode one :
        connection.client().list(Resources.PODS, connection.namespace(), its).path("items")) {
      Replica pod = new Replica(one);
      if (pod.phase().equals("Running") && !pod.node().isEmpty()) {
        return Optional.of(pod.node());
      }
    }
    return Optional.empty();
  }
}
