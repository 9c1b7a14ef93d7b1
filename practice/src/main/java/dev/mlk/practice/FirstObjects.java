package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
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
      try {
        client.create(Resources.NAMESPACES, "", object);
        if (namespace.equals("default")) {
          // Only in a new cluster: whoever deletes the class does not want it back.
          client.create(Resources.STORAGE_CLASSES, "", defaultStorageClass());
        }
      } catch (ApiException e) {
        if (!e.conflict()) {
          throw e;
        }
      }
    }
  }

  private static ObjectNode defaultStorageClass() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
    object
        .putObject("metadata")
        .put("name", "standard")
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    return object
        .put("provisioner", "mlk.dev/directory")
        .put("reclaimPolicy", "Delete")
        .put("volumeBindingMode", "Immediate");
  }
}
