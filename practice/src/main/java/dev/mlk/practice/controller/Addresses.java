package dev.mlk.practice.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The addresses of a service's pods, as EndpointSlices and as Endpoints hold them. */
final class Addresses {
  static final String ENDPOINTS_MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  private final JsonNode service;
  private final boolean all;

  Addresses(JsonNode service) {
    this.service = service;
    all = service.path("spec").path("publishNotReadyAddresses").asBoolean(false);
  }

  static boolean isOurs(JsonNode endpoints) {
    return Fields.text(endpoints, "metadata", "labels", ENDPOINTS_MANAGED_BY)
        .equals("endpoint-controller");
  }

  /** The service's labels, and one that says that it has no address of its own. */
  static ObjectNode labels(JsonNode service, String headless) {
    ObjectNode labels = Fields.newObject();
    JsonNode own = Fields.at(service, "metadata", "labels");
    own.properties().forEach(label -> labels.set(label.getKey(), label.getValue()));
    labels.remove(headless);
    if (Fields.text(service, "spec", "clusterIP").equals("None")) {
      labels.put(headless, "");
    }
    return labels;
  }

  /** The pods in groups that share the same port numbers: named ports may differ by pod. */
  Map<ArrayNode, List<JsonNode>> bySlicePorts(List<ObjectNode> pods) {
    Map<ArrayNode, List<JsonNode>> groups = new LinkedHashMap<>();
    for (ObjectNode pod : pods) {
      ArrayNode ports = Fields.newArray();
      for (JsonNode port : Fields.at(service, "spec", "ports")) {
        int number = number(port, pod);
        if (number > 0) {
          ObjectNode one = ports.addObject();
          one.put("name", Fields.text(port, "name"));
          one.put("protocol", port.path("protocol").asString("TCP"));
          one.put("port", number);
          if (port.has("appProtocol")) {
            one.set("appProtocol", port.get("appProtocol"));
          }
        }
      }
      groups.computeIfAbsent(ports, _ -> new ArrayList<>()).add(pod);
    }
    return groups;
  }

  ArrayNode endpoints(List<JsonNode> pods) {
    ArrayNode endpoints = Fields.newArray();
    for (JsonNode pod : pods) {
      boolean ready = Pods.ready(pod);
      boolean leaving = Fields.deleting(pod);
      ObjectNode endpoint = endpoints.addObject();
      endpoint.putArray("addresses").add(Fields.text(pod, "status", "podIP"));
      endpoint
          .putObject("conditions")
          .put("ready", all || (ready && !leaving))
          .put("serving", ready)
          .put("terminating", leaving);
      putHostname(endpoint, pod);
      endpoint.set("targetRef", reference(pod));
      String node = Fields.text(pod, "spec", "nodeName");
      if (!node.isEmpty()) {
        endpoint.put("nodeName", node);
      }
    }
    return endpoints;
  }

  ArrayNode subsets(List<ObjectNode> pods) {
    ArrayNode subsets = Fields.newArray();
    bySlicePorts(pods.stream().filter(pod -> all || !Fields.deleting(pod)).toList())
        .forEach(
            (ports, group) -> {
              ArrayNode ready = Fields.newArray();
              ArrayNode notReady = Fields.newArray();
              for (JsonNode pod : group) {
                (all || Pods.ready(pod) ? ready : notReady).add(address(pod));
              }
              ObjectNode subset = subsets.addObject();
              if (!ready.isEmpty()) {
                subset.set("addresses", ready);
              }
              if (!notReady.isEmpty()) {
                subset.set("notReadyAddresses", notReady);
              }
              if (!ports.isEmpty()) {
                subset.set("ports", inOrder(ports));
              }
            });
    return subsets;
  }

  /** Endpoints write a port's number before its protocol and leave an empty name out. */
  private static ArrayNode inOrder(ArrayNode ports) {
    ArrayNode ordered = Fields.newArray();
    for (JsonNode port : ports) {
      ObjectNode one = ordered.addObject();
      if (!Fields.text(port, "name").isEmpty()) {
        one.set("name", port.get("name"));
      }
      one.set("port", port.get("port"));
      one.set("protocol", port.get("protocol"));
      if (port.has("appProtocol")) {
        one.set("appProtocol", port.get("appProtocol"));
      }
    }
    return ordered;
  }

  private ObjectNode address(JsonNode pod) {
    ObjectNode address = Fields.newObject().put("ip", Fields.text(pod, "status", "podIP"));
    putHostname(address, pod);
    String node = Fields.text(pod, "spec", "nodeName");
    if (!node.isEmpty()) {
      address.put("nodeName", node);
    }
    address.set("targetRef", reference(pod));
    return address;
  }

  /** A pod of a headless service has a name of its own there. */
  private void putHostname(ObjectNode address, JsonNode pod) {
    String hostname = Fields.text(pod, "spec", "hostname");
    if (!hostname.isEmpty() && Fields.text(pod, "spec", "subdomain").equals(Fields.name(service))) {
      address.put("hostname", hostname);
    }
  }

  private static ObjectNode reference(JsonNode pod) {
    return Fields.newObject()
        .put("kind", "Pod")
        .put("namespace", Fields.namespace(pod))
        .put("name", Fields.name(pod))
        .put("uid", Fields.uid(pod));
  }

  /** The container port that a service port means, or zero when the pod has none of that name. */
  private static int number(JsonNode port, JsonNode pod) {
    JsonNode target = port.path("targetPort");
    if (target.isNumber()) {
      return target.asInt();
    }
    String name = target.asString("");
    if (name.isEmpty()) {
      return port.path("port").asInt(0);
    }
    for (String kind : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : Fields.at(pod, "spec", kind)) {
        for (JsonNode one : container.path("ports")) {
          if (Fields.text(one, "name").equals(name)
              && one.path("protocol")
                  .asString("TCP")
                  .equals(port.path("protocol").asString("TCP"))) {
            return one.path("containerPort").asInt(0);
          }
        }
      }
    }
    return 0;
  }
}
