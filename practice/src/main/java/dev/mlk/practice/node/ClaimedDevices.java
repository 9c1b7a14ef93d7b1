package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.PodClaims;
import dev.mlk.kube.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulated GPUs that a container holds by claims of dynamic resource allocation, as the plugin
 * of a driver {@code gpu.*} would give them to it; the scheduler has chosen them. Only a control
 * plane that serves resource.k8s.io has such claims.
 */
final class ClaimedDevices {
  private static final Resource CLAIMS =
      Resource.namespaced("resource.k8s.io", "v1", "resourceclaims", "ResourceClaim");

  private final ApiClient api;

  ClaimedDevices(ApiClient api) {
    this.api = api;
  }

  /** The devices' ids, the same for the same device whenever it is given out. */
  List<String> of(JsonNode pod, JsonNode container) {
    Set<String> wanted = new HashSet<>();
    for (JsonNode claim : container.path("resources").path("claims")) {
      wanted.add(claim.path("name").asString(""));
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode named : pod.path("spec").path("resourceClaims")) {
      if (wanted.contains(named.path("name").asString(""))) {
        claim(pod, named).ifPresent(claim -> add(ids, claim));
      }
    }
    return ids;
  }

  /** The claim that the pod names, or that was made for it from a template. */
  private Optional<ObjectNode> claim(JsonNode pod, JsonNode named) {
    String name = PodClaims.name(pod, named);
    String namespace = pod.path("metadata").path("namespace").asString("");
    return name.isEmpty() ? Optional.empty() : api.find(CLAIMS, namespace, name);
  }

  private static void add(List<String> ids, JsonNode claim) {
    for (JsonNode result :
        claim.path("status").path("allocation").path("devices").path("results")) {
      String driver = result.path("driver").asString("");
      if (driver.startsWith("gpu.")) {
        String device =
            driver + "/" + result.path("pool").asString("") + "/" + result.path("device");
        ids.add("GPU-" + UUID.nameUUIDFromBytes(device.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }
}
