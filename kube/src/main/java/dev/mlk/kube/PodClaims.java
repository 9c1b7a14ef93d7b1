package dev.mlk.kube;

import tools.jackson.databind.JsonNode;

/** The claims of dynamic resource allocation (resource.k8s.io) that a pod names. */
public final class PodClaims {
  private PodClaims() {}

  /**
   * The name of the ResourceClaim behind an entry of {@code spec.resourceClaims}: the entry's own,
   * or that of the claim which was made for the pod from a template.
   *
   * @param pod the pod
   * @param entry one of its {@code spec.resourceClaims}
   * @return the name; empty while no claim has been made
   */
  public static String name(JsonNode pod, JsonNode entry) {
    String own = entry.path("resourceClaimName").asString("");
    if (!own.isEmpty()) {
      return own;
    }
    for (JsonNode made : pod.path("status").path("resourceClaimStatuses")) {
      if (made.path("name").equals(entry.path("name"))) {
        return made.path("resourceClaimName").asString("");
      }
    }
    return "";
  }
}
