package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Served;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import dev.mlk.practice.status.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** One object for each version of each group: this server serves them all itself. */
final class ApiServices implements Computed {
  private static final Resource KIND =
      Resource.cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService");
  private static final String LABEL = "kube-aggregator.kubernetes.io/automanaged";

  /** As Kubernetes has it for core, for most groups and for custom ones. */
  private static final int CORE = 18000;

  private static final int BUILT_IN = 17000;
  private static final int CUSTOM = 1000;
  private static final int LAST = 100;
  private static final int STABLE = 15;
  private static final int UNSTABLE = 9;

  private final Objects objects;

  ApiServices(Objects objects) {
    this.objects = objects;
  }

  @Override
  public List<ObjectNode> list(String namespace) {
    Map<String, ObjectNode> services = new TreeMap<>();
    for (Served served : objects.catalog().all()) {
      String name = served.resource().version() + "." + served.resource().group();
      services.computeIfAbsent(name, _ -> service(name, served));
    }
    return List.copyOf(services.values());
  }

  @Override
  public ObjectNode get(String namespace, String name) {
    return list("").stream()
        .filter(service -> Metadata.name(service).equals(name))
        .findFirst()
        .orElseThrow(() -> ApiError.notFound(KIND, name));
  }

  @Override
  public ObjectNode listMetadata() {
    return Json.object().put("resourceVersion", Long.toString(objects.store().revision()));
  }

  private ObjectNode service(String name, Served served) {
    boolean custom = served.custom().isPresent();
    Resource resource = served.resource();
    String since = since(served, custom);
    ObjectNode service =
        Json.object().put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
    ObjectNode metadata = service.putObject("metadata").put("name", name);
    UUID uid = UUID.nameUUIDFromBytes((name + since).getBytes(StandardCharsets.UTF_8));
    metadata.put("uid", uid.toString()).put("creationTimestamp", since);
    metadata.putObject("labels").put(LABEL, custom ? "true" : "onstart");
    service
        .putObject("spec")
        .put("group", resource.group())
        .put("version", resource.version())
        .put("groupPriorityMinimum", priority(resource.group(), custom))
        .put("versionPriority", resource.version().matches("v[0-9]+") ? STABLE : UNSTABLE);
    service
        .putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Available")
        .put("status", "True")
        .put("lastTransitionTime", since)
        .put("reason", "Local")
        .put("message", "Local APIServices are always available");
    return service;
  }

  /** Since the cluster began, or somebody defined the kind. */
  private String since(Served served, boolean custom) {
    return (custom
            ? objects.find(Resources.CUSTOM_RESOURCES, "", served.resource().qualifiedName())
            : objects.find(Resources.NAMESPACES, "", "default"))
        .map(object -> Metadata.text(object, "creationTimestamp"))
        .orElse("");
  }

  private static int priority(String group, boolean custom) {
    if (group.isEmpty()) {
      return CORE;
    }
    return custom ? CUSTOM : group.equals("metrics.k8s.io") ? LAST : BUILT_IN;
  }
}
