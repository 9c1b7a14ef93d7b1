package dev.mlk.practice.api.webhook;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a Service is reached from this process. */
final class Services {
  private static final Resource SLICES =
      Resource.namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
  private final Objects objects;

  Services(Objects objects) {
    this.objects = objects;
  }

  /**
   * The address that stands for a Service's port: of a server outside the cluster when its
   * endpoints name one, else its cluster IP, behind which the node agent finds the pods.
   */
  URI find(String namespace, String name, int port) throws CallException {
    ObjectNode service =
        objects
            .find(Resources.SERVICES, namespace, name)
            .orElseThrow(() -> new CallException("service \"" + name + "\" not found"));
    JsonNode spec = service.path("spec");
    if (spec.path("type").asString("").equals("ExternalName")) {
      return address(spec.path("externalName").asString(""), port);
    }
    JsonNode found = null;
    for (JsonNode each : spec.path("ports")) {
      found = each.path("port").asInt(0) == port ? each : found;
    }
    if (found == null) {
      throw new CallException("no service port " + port + " found for service \"" + name + "\"");
    }
    String portName = found.path("name").asString("");
    Optional<URI> outside = outside(namespace, name, portName);
    return outside.orElseGet(() -> address(spec.path("clusterIP").asString(""), port));
  }

  private Optional<URI> outside(String namespace, String name, String portName) {
    for (ObjectNode slice : objects.list(SLICES, namespace)) {
      boolean own =
          slice
              .path("metadata")
              .path("labels")
              .path("kubernetes.io/service-name")
              .asString("")
              .equals(name);
      for (JsonNode endpoint : slice.path("endpoints")) {
        boolean usable = own && !endpoint.has("targetRef") && !endpoint.path("addresses").isEmpty();
        for (JsonNode port : slice.path("ports")) {
          if (usable && port.path("name").asString("").equals(portName)) {
            String host = endpoint.path("addresses").path(0).asString("");
            return Optional.of(address(host, port.path("port").asInt(0)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static URI address(String host, int port) {
    String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("https://" + written + ":" + port);
  }
}
