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
    BootstrapRoles.all().forEach(role -> create(client, role.resource(), role.object()));
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
