package dev.mlk.metrics;

import dev.mlk.connect.Connection;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The end of what a job's first replica printed. */
final class LastLines {
  private static final int LINES = 5;
  private static final String JOB_LABEL = "training.kubeflow.org/job-name";

  private LastLines() {}

  /** The lines, each after its pod's name; none when there is no pod, or it may not be read. */
  static List<String> of(Connection connection, JsonNode job) {
    String name = job.path("metadata").path("name").asString("");
    String selector = JOB_LABEL + "=" + name;
    try {
      JsonNode pods =
          connection
              .client()
              .list(Resources.PODS, connection.namespace(), Map.of("labelSelector", selector));
      JsonNode pod = first(pods.path("items"));
      if (pod.isMissingNode()) {
        return List.of();
      }
      String podName = pod.path("metadata").path("name").asString("");
      Request request =
          Request.of("GET", Resources.PODS.path(connection.namespace(), podName, "log"))
              .query("tailLines", String.valueOf(LINES))
              .query(
                  "container",
                  pod.path("spec").path("containers").path(0).path("name").asString(""));
      try (Reply reply = connection.client().open(request)) {
        String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().map(line -> podName + " | " + line).toList();
      }
    } catch (ApiException | IOException e) {
      return List.of();
    }
  }

  /** The chief, else the first worker. */
  private static JsonNode first(JsonNode pods) {
    JsonNode best = pods.path(0);
    for (JsonNode pod : pods) {
      String type =
          pod.path("metadata")
              .path("labels")
              .path("training.kubeflow.org/replica-type")
              .asString("");
      if (type.equalsIgnoreCase("chief") || type.equalsIgnoreCase("master")) {
        return pod;
      }
      boolean worker = type.equalsIgnoreCase("worker");
      best = worker && name(best).compareTo(name(pod)) > 0 ? pod : best;
    }
    return best;
  }

  private static String name(JsonNode pod) {
    return pod.path("metadata").path("name").asString("");
  }
}
