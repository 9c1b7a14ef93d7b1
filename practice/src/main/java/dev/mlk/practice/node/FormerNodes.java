package dev.mlk.practice.node;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.volume.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes that the agent made at an earlier start and that its configuration has no more. They go
 * from the API with the pods that are bound to them, as machines that were switched off for good;
 * whoever owns the pods makes others elsewhere.
 */
final class FormerNodes {
  private static final String TRACKED = "batch.kubernetes.io/job-tracking";
  private static final String LEASES = "kube-node-lease";

  private final NodeConfig config;
  private final ApiClient api;

  FormerNodes(NodeConfig config, ApiClient api) {
    this.config = config;
    this.api = api;
  }

  /** Removes all but the nodes of these names; each has a folder of the agent's. */
  void removeAllBut(Set<String> kept) throws IOException {
    Path folders = config.node("any").getParent();
    if (!Files.isDirectory(folders)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folders, Files::isDirectory)) {
      for (Path folder : entries) {
        String name = folder.getFileName().toString();
        if (!kept.contains(name) && mine(name)) {
          remove(name);
          Folders.delete(folder);
        }
      }
    }
  }

  /** Somebody may have made another node of that name meanwhile. */
  private boolean mine(String name) {
    Optional<ObjectNode> node = api.find(Resources.NODES, "", name);
    return node.isEmpty()
        || node.get()
            .path("status")
            .path("nodeInfo")
            .path("containerRuntimeVersion")
            .asString("")
            .startsWith(NodeObject.RUNTIME);
  }

  private void remove(String name) {
    // The node first: what takes its pods' place must not be given to it again.
    delete(Resources.NODES, "", name, JsonNodeFactory.instance.objectNode());
    Map<String, String> bound = Map.of("fieldSelector", "spec.nodeName=" + name);
    for (JsonNode pod : api.list(Resources.PODS, "", bound).path("items")) {
      removePod(pod);
    }
    delete(Resources.LEASES, LEASES, name, JsonNodeFactory.instance.objectNode());
  }

  private void removePod(JsonNode pod) {
    PodRef found = PodRef.of(pod);
    if (pod.path("metadata").path("finalizers").toString().contains(TRACKED)) {
      // As the garbage collector of pods does it: a Job counts the pod before it lets it go.
      disrupted(pod, found);
    }
    ObjectNode now = JsonNodeFactory.instance.objectNode().put("gracePeriodSeconds", 0);
    delete(Resources.PODS, found.namespace(), found.name(), now);
  }

  private void disrupted(JsonNode pod, PodRef found) {
    String phase = pod.path("status").path("phase").asString("");
    if (List.of("Succeeded", "Failed").contains(phase)) {
      return;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode status = patch.putObject("status").put("phase", "Failed");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "DisruptionTarget")
        .put("status", "True")
        .put("reason", "DeletionByPodGC")
        .put("message", "PodGC: node no longer exists");
    String path = Resources.PODS.path(found.namespace(), found.name(), "status");
    try {
      api.patch(path, ApiClient.PatchType.STRATEGIC, patch);
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }

  private void delete(Resource resource, String namespace, String name, ObjectNode options) {
    try {
      api.delete(resource, namespace, name, options);
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }
}
