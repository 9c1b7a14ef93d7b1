package dev.mlk.practice.kind;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The defaults of a pod's spec, shared by pods and everything with a pod template. */
final class PodDefaults {
  private static final List<String> CONTAINER_LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private PodDefaults() {}

  /** Fills a pod template: metadata, which is always there, and the spec. */
  static void template(ObjectNode template) {
    Tree.object(template, "metadata");
    spec(Tree.object(template, "spec"));
  }

  /** Fills a pod's spec, as far as templates have these defaults as well. */
  static void spec(ObjectNode spec) {
    for (String list : CONTAINER_LISTS) {
      for (ObjectNode container : Tree.objects(spec.path(list))) {
        container(container);
      }
    }
    VolumeDefaults.fill(spec);
    Amounts.canonicalMap(spec.path("overhead"));
    Amounts.canonicalResources(spec.path("resources"));
    serviceAccount(spec);
    Tree.fill(spec, "restartPolicy", "Always");
    Tree.fill(spec, "terminationGracePeriodSeconds", 30);
    Tree.fill(spec, "dnsPolicy", "ClusterFirst");
    Tree.object(spec, "securityContext");
    Tree.fill(spec, "schedulerName", "default-scheduler");
    for (ObjectNode spread : Tree.objects(spec.path("topologySpreadConstraints"))) {
      Tree.dropEmpty(spread, "matchLabelKeys");
    }
    Tree.dropEmpty(
        spec,
        "volumes",
        "initContainers",
        "ephemeralContainers",
        "nodeSelector",
        "tolerations",
        "imagePullSecrets",
        "hostAliases",
        "readinessGates",
        "schedulingGates",
        "topologySpreadConstraints",
        "nodeName",
        "hostname",
        "subdomain",
        "priorityClassName");
    for (String name : List.of("hostNetwork", "hostPID", "hostIPC")) {
      if (spec.has(name) && !Tree.flag(spec, name)) {
        spec.remove(name);
      }
    }
  }

  /** Fills what a pod has and its template has not: requests from limits, service links. */
  static void podOnly(ObjectNode spec) {
    for (String list : List.of("initContainers", "containers")) {
      for (ObjectNode container : Tree.objects(spec.path(list))) {
        requestsFromLimits(container);
      }
    }
    Tree.fill(spec, "enableServiceLinks", true);
  }

  /** The deprecated name of the service account follows the current one, or leads it. */
  private static void serviceAccount(ObjectNode spec) {
    if (Tree.blank(spec, "serviceAccountName") && !Tree.blank(spec, "serviceAccount")) {
      spec.put("serviceAccountName", Tree.text(spec, "serviceAccount"));
    }
    if (!Tree.blank(spec, "serviceAccountName")) {
      spec.put("serviceAccount", Tree.text(spec, "serviceAccountName"));
    }
    Tree.dropEmpty(spec, "serviceAccountName", "serviceAccount");
  }

  private static void requestsFromLimits(ObjectNode container) {
    JsonNode limits = container.path("resources").path("limits");
    if (!limits.isObject() || limits.isEmpty()) {
      return;
    }
    ObjectNode requests = Tree.object(Tree.object(container, "resources"), "requests");
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      if (!Tree.has(requests, limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
  }

  private static void container(ObjectNode container) {
    ObjectNode resources = Tree.object(container, "resources");
    Amounts.canonicalResources(resources);
    Tree.dropEmpty(resources, "limits", "requests", "claims");
    for (ObjectNode port : Tree.objects(container.path("ports"))) {
      Tree.fill(port, "protocol", "TCP");
      Tree.dropEmpty(port, "name", "hostIP");
    }
    for (ObjectNode variable : Tree.objects(container.path("env"))) {
      variable(variable);
    }
    for (String probe : PROBES) {
      if (container.get(probe) instanceof ObjectNode object) {
        probe(object);
      }
    }
    for (String hook : List.of("postStart", "preStop")) {
      httpGet(container.path("lifecycle").path(hook).path("httpGet"));
    }
    Tree.fill(container, "terminationMessagePath", "/dev/termination-log");
    Tree.fill(container, "terminationMessagePolicy", "File");
    Tree.fill(container, "imagePullPolicy", pullPolicy(Tree.text(container, "image")));
    Tree.dropEmpty(
        container, "command", "args", "env", "envFrom", "ports", "volumeMounts", "workingDir");
    for (String name : List.of("stdin", "stdinOnce", "tty")) {
      if (container.has(name) && !Tree.flag(container, name)) {
        container.remove(name);
      }
    }
  }

  private static void variable(ObjectNode variable) {
    Tree.dropEmpty(variable, "value");
    if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode reference) {
      Tree.fill(reference, "apiVersion", "v1");
    }
    if (variable.path("valueFrom").get("resourceFieldRef") instanceof ObjectNode reference) {
      divisor(reference);
    }
  }

  static void divisor(ObjectNode resourceFieldRef) {
    Tree.fill(resourceFieldRef, "divisor", "0");
    Amounts.canonical(resourceFieldRef, "divisor");
  }

  private static void probe(ObjectNode probe) {
    for (String name : List.of("timeoutSeconds", "successThreshold")) {
      replaceZero(probe, name, 1);
    }
    replaceZero(probe, "periodSeconds", 10);
    replaceZero(probe, "failureThreshold", 3);
    if (probe.has("initialDelaySeconds") && Tree.number(probe, "initialDelaySeconds") == 0) {
      probe.remove("initialDelaySeconds");
    }
    httpGet(probe.path("httpGet"));
    if (probe.get("grpc") instanceof ObjectNode grpc && !Tree.has(grpc, "service")) {
      grpc.put("service", "");
    }
  }

  private static void replaceZero(ObjectNode object, String name, int value) {
    if (Tree.number(object, name) == 0) {
      object.put(name, value);
    }
  }

  private static void httpGet(JsonNode action) {
    if (action instanceof ObjectNode object) {
      Tree.fill(object, "path", "/");
      Tree.fill(object, "scheme", "HTTP");
    }
  }

  /** Always for an image without tag or with tag latest, else IfNotPresent. */
  static String pullPolicy(String image) {
    if (image.contains("@")) {
      return "IfNotPresent";
    }
    int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    return colon < 0 || image.substring(colon + 1).equals("latest") ? "Always" : "IfNotPresent";
  }
}
