package dev.mlk.practice.scheduler;

import dev.mlk.kube.Key;
import dev.mlk.practice.select.PodResources;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod with what the scheduler looks at again and again.
 *
 * @param key namespace and name
 * @param uid its uid
 * @param object the pod
 * @param requests what it asks for
 * @param priority its priority
 */
record Placed(Key key, String uid, ObjectNode object, Map<String, Long> requests, int priority) {
  static Placed of(ObjectNode pod) {
    return new Placed(
        Key.of(pod),
        pod.path("metadata").path("uid").asString(""),
        pod,
        PodResources.requests(pod),
        pod.path("spec").path("priority").asInt(0));
  }

  JsonNode spec() {
    return object.path("spec");
  }

  JsonNode labels() {
    return object.path("metadata").path("labels");
  }

  JsonNode antiAffinity() {
    return spec()
        .path("affinity")
        .path("podAntiAffinity")
        .path("requiredDuringSchedulingIgnoredDuringExecution");
  }

  /** Whether it still needs its node. */
  static boolean finished(JsonNode pod) {
    String phase = pod.path("status").path("phase").asString("");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
