package dev.mlk.gpu.overview;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.practice.select.PodResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pods that a TFJob would have.
 *
 * @param job the job's name
 * @param pods a pod a replica, those that start first before the others
 */
record JobPods(String job, List<Wanted> pods) {
  /**
   * One replica.
   *
   * @param name such as {@code worker-0}
   * @param pod where it may go, as the API has it
   * @param requests what it asks for
   */
  record Wanted(String name, ObjectNode pod, Map<String, Long> requests) {
    /** How many devices it asks for, of whatever kind. */
    long devices() {
      return requests.entrySet().stream()
          .filter(entry -> Device.of(entry.getKey()).isPresent())
          .mapToLong(Map.Entry::getValue)
          .sum();
    }
  }

  JobPods {
    pods = List.copyOf(pods);
  }

  static JobPods of(Job job) {
    List<Wanted> pods = new ArrayList<>();
    for (Job.Wanted wanted : job.wanted()) {
      ObjectNode pod = Json.object();
      pod.set("spec", withRequests(wanted.spec().path("template").path("spec")));
      Map<String, Long> requests = PodResources.requests(pod);
      for (int i = 0; i < wanted.number(); i++) {
        String name = wanted.type().toLowerCase(Locale.ROOT) + "-" + i;
        pods.add(new Wanted(name, pod, requests));
      }
    }
    return new JobPods(job.name(), pods);
  }

  /** As the API server completes it: what is limited and not asked for is asked for. */
  private static JsonNode withRequests(JsonNode template) {
    if (!template.isObject()) {
      return Json.object();
    }
    JsonNode spec = template.deepCopy();
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        if (container.path("resources").path("limits").isObject()) {
          ObjectNode resources = (ObjectNode) container.path("resources");
          ObjectNode requests = resources.withObjectProperty("requests");
          resources
              .path("limits")
              .properties()
              .forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
        }
      }
    }
    return spec;
  }

  /** The pods that ask for devices. */
  List<Wanted> withDevices() {
    return pods.stream().filter(pod -> pod.devices() > 0).toList();
  }
}
