package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.api.access.BootstrapRoles;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a cluster has before anybody asked for anything. */
final class FirstObjects {
  private FirstObjects() {}

  static void create(Transport transport) {
    ApiClient client = new ApiClient(transport, "kube-apiserver");
    for (String namespace : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("apiVersion", "v1").put("kind", "Namespace");
      object.putObject("metadata").put("name", namespace);
      create(client, Resources.NAMESPACES, object);
    }
    create(client, Resources.PRIORITY_CLASSES, priority("system-cluster-critical", 2_000_000_000));
    create(client, Resources.PRIORITY_CLASSES, priority("system-node-critical", 2_000_001_000));
    BootstrapRoles.all().forEach(role -> create(client, role.resource(), role.object()));
  }

  private static ObjectNode priority(String name, int value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "scheduling.k8s.io/v1").put("kind", "PriorityClass");
    object.putObject("metadata").put("name", name);
    String effect =
        name.contains("cluster")
            ? "Used for system critical pods that must run in the cluster, but can be moved to"
                + " another node if necessary."
            : "Used for system critical pods that must not be moved from their current node.";
    return object.put("value", value).put("description", effect);
  }

  private static void create(ApiClient client, Resource resource, ObjectNode object) {
    try {
      client.create(resource, "", object);
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }
}
