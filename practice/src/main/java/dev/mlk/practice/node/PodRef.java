package dev.mlk.practice.node;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which pod. */
record PodRef(String namespace, String name, String uid, String node) {
  static PodRef of(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return new PodRef(
        metadata.path("namespace").asString(""),
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        pod.path("spec").path("nodeName").asString(""));
  }

  /** As an event is about it; the container's list and name may be empty. */
  ObjectNode about(String list, String container) {
    ObjectNode about = JsonNodeFactory.instance.objectNode();
    about.put("kind", "Pod").put("apiVersion", "v1");
    about.putObject("metadata").put("namespace", namespace).put("name", name).put("uid", uid);
    if (!container.isEmpty()) {
      about.put("fieldPath", "spec." + list + "{" + container + "}");
    }
    return about;
  }

  /** As the kubelet's messages name it. */
  @Override
  public String toString() {
    return name + "_" + namespace + "(" + uid + ")";
  }
}
