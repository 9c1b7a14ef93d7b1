package dev.mlk.sweep;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.sweep.trial.TrialJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Kueue's queues, where there are any. */
final class Queues {
  private Queues() {}

  /**
   * The queue that trials go to: the one that the job names, else the only one of the namespace.
   * Empty when there is none, several, or no Kueue.
   */
  static Optional<String> of(ApiClient api, String namespace, JsonNode job) {
    String own = job.path("metadata").path("labels").path(TrialJob.QUEUE).asString("");
    if (!own.isEmpty()) {
      return Optional.of(own);
    }
    try {
      String version =
          api.call(Request.of("GET", "/apis/kueue.x-k8s.io"))
              .path("preferredVersion")
              .path("groupVersion")
              .asString("");
      List<String> names = new ArrayList<>();
      api.call(Request.of("GET", "/apis/" + version + "/namespaces/" + namespace + "/localqueues"))
          .path("items")
          .forEach(queue -> names.add(queue.path("metadata").path("name").asString("")));
      return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    } catch (ApiException e) {
      if (e.notFound() || e.code() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
