package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod that tells the use of its node's GPUs: NVIDIA's DCGM exporter.
 *
 * @param namespace the pod's namespace
 * @param name the pod's name
 * @param node whose GPUs it tells of
 * @param port where it answers
 */
record Exporter(String namespace, String name, String node, int port) {
  /** The exporter's own default. */
  private static final int USUAL_PORT = 9400;

  /** The exporter that a pod is, by its labels or image; only one that runs can be asked. */
  static Optional<Exporter> of(JsonNode pod) {
    boolean named =
        Nodes.label(pod, "app").contains("dcgm-exporter")
            || Nodes.label(pod, "app.kubernetes.io/name").contains("dcgm-exporter");
    for (JsonNode container : pod.path("spec").path("containers")) {
      named |= container.path("image").asString("").contains("dcgm-exporter");
    }
    if (!named || !pod.path("status").path("phase").asString("").equals("Running")) {
      return Optional.empty();
    }
    return Optional.of(
        new Exporter(
            pod.path("metadata").path("namespace").asString(""),
            Nodes.name(pod),
            pod.path("spec").path("nodeName").asString(""),
            port(pod)));
  }

  private static int port(JsonNode pod) {
    int first = 0;
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (JsonNode port : container.path("ports")) {
        int number = port.path("containerPort").asInt(0);
        if (number == USUAL_PORT || port.path("name").asString("").equals("metrics")) {
          return number;
        }
        first = first == 0 ? number : first;
      }
    }
    return first == 0 ? USUAL_PORT : first;
  }

  /** Where its metrics are, through the API server. */
  String path() {
    return Resources.PODS.path(namespace, name + ":" + port, "proxy/metrics");
  }
}
