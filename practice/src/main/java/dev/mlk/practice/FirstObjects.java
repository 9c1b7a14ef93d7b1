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
      boolean fresh =
          create(client, Resources.NAMESPACES, object("v1", Resources.NAMESPACES, namespace));
      if (fresh && namespace.equals("default")) {
        // Only in a new cluster: whoever deletes the class does not want it back.
        create(client, Resources.STORAGE_CLASSES, defaultStorageClass());
        // The controller would make it a moment later, and pods created before that be refused.
        client.create(
            Resources.SERVICE_ACCOUNTS,
            "default",
            object("v1", Resources.SERVICE_ACCOUNTS, "default"));
      }
    }
    create(
        client,
        Resources.PRIORITY_CLASSES,
        priority(
            "system-cluster-critical",
            2_000_000_000,
            "Used for system critical pods that must run in the cluster, but can be moved to"
                + " another node if necessary."));
    create(
        client,
        Resources.PRIORITY_CLASSES,
        priority(
            "system-node-critical",
            2_000_001_000,
            "Used for system critical pods that must not be moved from their current node."));
    BootstrapRoles.all().forEach(role -> create(client, role.resource(), role.object()));
  }

  /** Whether it was not there before. */
  private static boolean create(ApiClient client, Resource resource, ObjectNode object) {
    try {
      client.create(resource, "", object);
      return true;
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
      return false;
    }
  }

  private static ObjectNode object(String apiVersion, Resource resource, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", resource.kind());
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode priority(String name, int value, String description) {
    return object("scheduling.k8s.io/v1", Resources.PRIORITY_CLASSES, name)
        .put("value", value)
        .put("description", description);
  }

  private static ObjectNode defaultStorageClass() {
    ObjectNode object = object("storage.k8s.io/v1", Resources.STORAGE_CLASSES, "standard");
    ((ObjectNode) object.path("metadata"))
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    return object
        .put("provisioner", "mlk.dev/directory")
        .put("reclaimPolicy", "Delete")
        .put("volumeBindingMode", "Immediate");
  }
}
