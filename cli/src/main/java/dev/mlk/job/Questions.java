package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is asked of the cluster about jobs, each in one request. */
final class Questions {
  private final ApiClient api;
  private final String namespace;

  Questions(ApiClient api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** The job. */
  Job job(String name) {
    return new Job(api.get(Resources.TFJOBS, namespace, name));
  }

  /** The job's pods. */
  List<Replica> replicas(String name) {
    List<Replica> all = new ArrayList<>();
    api.list(Resources.PODS, namespace, Map.of("labelSelector", Job.JOB_LABEL + "=" + name))
        .path("items")
        .forEach(pod -> all.add(new Replica(pod)));
    all.sort(null);
    return all;
  }

  /** Events about the job and its pods, oldest first. */
  List<JsonNode> events(Job job) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode event : api.list(Resources.EVENTS, namespace, Map.of()).path("items")) {
      JsonNode about = event.path("involvedObject");
      String name = about.path("name").asString("");
      boolean own =
          about.path("kind").asString("").equals("TFJob")
              ? about.path("uid").asString("").equals(job.uid())
              : name.startsWith(job.name() + "-");
      if (own) {
        all.add(event);
      }
    }
    all.sort(Comparator.comparing(Questions::moment));
    return all;
  }

  private static String moment(JsonNode event) {
    for (String field : new String[] {"lastTimestamp", "eventTime", "firstTimestamp"}) {
      String time = event.path(field).asString("");
      if (!time.isEmpty()) {
        return time;
      }
    }
    return event.path("metadata").path("creationTimestamp").asString("");
  }

  /** All nodes; empty when the user has rights in a namespace only. */
  Optional<List<JsonNode>> nodes() {
    try {
      List<JsonNode> all = new ArrayList<>();
      api.list(Resources.NODES, "", Map.of()).path("items").forEach(all::add);
      return Optional.of(all);
    } catch (ApiException e) {
      if (e.code() == 403) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
