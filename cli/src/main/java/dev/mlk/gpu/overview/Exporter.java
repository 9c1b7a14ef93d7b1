package dev.mlk.gpu.overview;

import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resources;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A pod that tells the use of its node's GPUs: NVIDIA's DCGM exporter, AMD's device metrics
 * exporter.
 *
 * @param namespace the pod's namespace
 * @param name the pod's name
 * @param node whose GPUs it tells of
 * @param port where it answers
 */
record Exporter(String namespace, String name, String node, int port) {
  private static final String NVIDIA = "dcgm-exporter";
  private static final String AMD = "device-metrics-exporter";

  /** The exporters' own defaults. */
  private static final int NVIDIA_PORT = 9400;

  private static final int AMD_PORT = 5000;

  /** The exporter that a pod is, by its labels or image; only one that runs can be asked. */
  static Optional<Exporter> of(JsonNode pod) {
    boolean nvidia = is(pod, NVIDIA);
    if ((!nvidia && !is(pod, AMD))
        || !pod.path("status").path("phase").asString("").equals("Running")) {
      return Optional.empty();
    }
    return Optional.of(
        new Exporter(
            pod.path("metadata").path("namespace").asString(""),
            Nodes.name(pod),
            pod.path("spec").path("nodeName").asString(""),
            port(pod, nvidia ? NVIDIA_PORT : AMD_PORT)));
  }

  private static boolean is(JsonNode pod, String name) {
    return Nodes.label(pod, "app").contains(name)
        || Nodes.label(pod, "app.kubernetes.io/name").contains(name)
        || pod.path("spec")
            .path("containers")
            .valueStream()
            .anyMatch(container -> container.path("image").asString("").contains(name));
  }

  private static int port(JsonNode pod, int usual) {
    int first = 0;
    for (JsonNode container : pod.path("spec").path("containers")) {
      for (JsonNode port : container.path("ports")) {
        int number = port.path("containerPort").asInt(0);
        if (number == usual || port.path("name").asString("").equals("metrics")) {
          return number;
        }
        first = first == 0 ? number : first;
      }
    }
    return first == 0 ? usual : first;
  }

  /** Where its metrics are, through the API server. */
  String path() {
    return Resources.PODS.path(namespace, name + ":" + port, "proxy/metrics");
  }
}
