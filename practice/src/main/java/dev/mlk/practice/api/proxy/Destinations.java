package dev.mlk.practice.api.proxy;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.proxy.Destination.Name;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.kubelet.PodStreams.Target;
import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the pod and port that a name in a URL means, with the errors of Kubernetes. */
final class Destinations {
  private final Objects objects;
  private final RandomGenerator random;

  Destinations(Objects objects, RandomGenerator random) {
    this.objects = objects;
    this.random = random;
  }

  Destination pod(String namespace, String text) {
    Name name = name("pod", text);
    ObjectNode pod = find(Resources.PODS, namespace, name.name());
    if (pod.path("status").path("podIP").asString("").isEmpty()) {
      throw ApiError.badRequest("address not allowed");
    }
    int port = name.port().isEmpty() ? firstPort(pod) : number(name.port()).orElse(0);
    if (port == 0) {
      throw unreachable("dial tcp: lookup tcp/" + name.port() + ": unknown port");
    }
    return new Destination(name.scheme().equals("https"), target(pod), port);
  }

  /** The first port that a container declares, else the one of the scheme. */
  private static int firstPort(ObjectNode pod) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (!container.path("ports").isEmpty()) {
        return container.path("ports").path(0).path("containerPort").asInt();
      }
    }
    return 80;
  }

  Destination service(String namespace, String text) {
    Name name = name("service", text);
    ObjectNode service = find(Resources.SERVICES, namespace, name.name());
    String port = portName(service, name);
    ObjectNode endpoints = find(Resources.ENDPOINTS, namespace, name.name());
    List<Destination> found = new ArrayList<>();
    for (JsonNode subset : endpoints.path("subsets")) {
      for (JsonNode each : subset.path("ports")) {
        if (each.path("name").asString("").equals(port)) {
          subset
              .path("addresses")
              .forEach(
                  address ->
                      pod(namespace, address)
                          .ifPresent(
                              pod ->
                                  found.add(
                                      new Destination(
                                          name.scheme().equals("https"),
                                          target(pod),
                                          each.path("port").asInt()))));
        }
      }
    }
    if (found.isEmpty()) {
      String asked = endpoints.path("subsets").isEmpty() ? name.name() : text;
      throw unavailable("no endpoints available for service \"" + asked + "\"");
    }
    return found.get(random.nextInt(found.size()));
  }

  /** Ports are found by the service port's name, which may be empty. */
  private static String portName(ObjectNode service, Name name) {
    Optional<Integer> number = number(name.port());
    if (number.isEmpty()) {
      return name.port();
    }
    for (JsonNode port : service.path("spec").path("ports")) {
      if (port.path("port").asInt() == number.get()) {
        return port.path("name").asString("");
      }
    }
    throw unavailable(
        "no service port " + number.get() + " found for service \"" + name.name() + "\"");
  }

  /** The pod behind an address; other addresses are not proxied to. */
  private Optional<ObjectNode> pod(String namespace, JsonNode address) {
    JsonNode reference = address.path("targetRef");
    return objects
        .find(Resources.PODS, namespace, reference.path("name").asString(""))
        .filter(pod -> Metadata.uid(pod).equals(reference.path("uid").asString("")));
  }

  private ObjectNode find(Resource resource, String namespace, String name) {
    return objects
        .find(resource, namespace, name)
        .orElseThrow(() -> ApiError.notFound(resource, name));
  }

  private static Name name(String kind, String text) {
    return Name.parse(text)
        .orElseThrow(() -> ApiError.badRequest("invalid " + kind + " request \"" + text + "\""));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static Target target(ObjectNode pod) {
    return new Target(
        Metadata.namespace(pod),
        Metadata.name(pod),
        Metadata.uid(pod),
        pod.path("spec").path("containers").path(0).path("name").asString(""));
  }

  static ApiError unreachable(String why) {
    return unavailable("error trying to reach service: " + why);
  }

  private static ApiError unavailable(String message) {
    return ApiError.of(503, "ServiceUnavailable", message);
  }
}
