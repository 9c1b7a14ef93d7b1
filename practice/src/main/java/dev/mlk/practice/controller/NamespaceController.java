package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.Key;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Empties namespaces that are being deleted, then lets them go. */
final class NamespaceController {
  private static final String FINALIZER = "kubernetes";
  private static final Duration AGAIN = Duration.ofMillis(500);
  private final Shared shared;

  /** What is still in a namespace: numbers of objects by resource, and by what holds them. */
  private record Left(Map<String, Integer> resources, Map<String, Integer> finalizers) {
    void add(Resource resource, JsonNode items) {
      if (items.isEmpty()) {
        return;
      }
      resources.put(resource.plural() + "." + resource.group(), items.size());
      for (JsonNode item : items) {
        for (JsonNode finalizer : Fields.at(item, "metadata", "finalizers")) {
          finalizers.merge(finalizer.asString(""), 1, Integer::sum);
        }
      }
    }

    private static String text(Map<String, Integer> numbers, String between) {
      return String.join(
          ", ",
          numbers.entrySet().stream()
              .map(entry -> entry.getKey() + between + entry.getValue() + " resource instances")
              .toList());
    }
  }

  private NamespaceController(Shared shared) {
    this.shared = shared;
  }

  static void start(Shared shared) {
    var namespaces = new NamespaceController(shared);
    Controller controller =
        shared.start("namespace", 4, List.of(Resources.NAMESPACES), namespaces::reconcile);
    shared
        .informer(Resources.NAMESPACES)
        .onChange(
            (_, _, now) -> {
              if (Fields.deleting(now)) {
                controller.enqueue(Key.of(now));
              }
            });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> known = shared.client().find(Resources.NAMESPACES, "", key.name());
    if (known.isEmpty() || !Fields.deleting(known.get()) || !finalizes(known.get())) {
      return Optional.empty();
    }
    Left left = empty(key.name());
    if (left.resources().isEmpty()) {
      finish(known.get());
      return Optional.empty();
    }
    report(known.get(), left);
    return Optional.of(AGAIN);
  }

  private static boolean finalizes(JsonNode namespace) {
    for (JsonNode finalizer : Fields.at(namespace, "spec", "finalizers")) {
      if (finalizer.asString("").equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  /** Deletes everything in the namespace. Returns what is still there. */
  private Left empty(String namespace) {
    Left left = new Left(new TreeMap<>(), new TreeMap<>());
    for (Discovery.Found found : Discovery.all(shared.client())) {
      if (found.resource().namespaced() && found.can("list", "delete", "deletecollection")) {
        left.add(found.resource(), empty(found.resource(), namespace));
      }
    }
    return left;
  }

  private JsonNode empty(Resource resource, String namespace) {
    ApiClient client = shared.client();
    try {
      if (client.list(resource, namespace, Map.of("limit", "1")).path("items").isEmpty()) {
        return Fields.newArray();
      }
      client.call(
          Request.of("DELETE", resource.path(namespace))
              .body(
                  "application/json",
                  JsonMapper.shared()
                      .writeValueAsBytes(
                          Fields.newObject().put("propagationPolicy", "Background"))));
      return client.list(resource, namespace, Map.of()).path("items");
    } catch (ApiException e) {
      // A custom resource may have gone since discovery.
      if (e.notFound() || e.code() == 405) {
        return Fields.newArray();
      }
      throw e;
    }
  }

  private void report(ObjectNode namespace, Left left) {
    ObjectNode changed = namespace.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    boolean news = false;
    news |=
        set(
            status,
            "NamespaceDeletionDiscoveryFailure",
            "False",
            "ResourcesDiscovered",
            "All resources successfully discovered");
    news |=
        set(
            status,
            "NamespaceDeletionGroupVersionParsingFailure",
            "False",
            "ParsedGroupVersions",
            "All legacy kube types successfully parsed");
    news |=
        set(
            status,
            "NamespaceDeletionContentFailure",
            "False",
            "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization");
    news |=
        set(
            status,
            "NamespaceContentRemaining",
            "True",
            "SomeResourcesRemain",
            "Some resources are remaining: " + Left.text(left.resources(), " has "));
    boolean held = !left.finalizers().isEmpty();
    news |=
        set(
            status,
            "NamespaceFinalizersRemaining",
            held ? "True" : "False",
            held ? "SomeFinalizersRemain" : "ContentHasNoFinalizers",
            held
                ? "Some content in the namespace has finalizers remaining: "
                    + Left.text(left.finalizers(), " in ")
                : "All content-preserving finalizers finished");
    if (news) {
      shared.client().updateStatus(Resources.NAMESPACES, changed);
    }
  }

  private boolean set(ObjectNode status, String type, String value, String reason, String text) {
    return Conditions.set(status, shared.timestamp(), Conditions.of(type, value, reason, text));
  }

  private void finish(ObjectNode namespace) {
    ObjectNode changed = namespace.deepCopy();
    var left = Fields.newArray();
    for (JsonNode finalizer : Fields.at(namespace, "spec", "finalizers")) {
      if (!finalizer.asString("").equals(FINALIZER)) {
        left.add(finalizer);
      }
    }
    Fields.object(changed, "spec").set("finalizers", left);
    String path = Resources.NAMESPACES.path("", Fields.name(namespace), "finalize");
    try {
      shared
          .client()
          .call(
              Request.of("PUT", path)
                  .body("application/json", JsonMapper.shared().writeValueAsBytes(changed)));
    } catch (ApiException e) {
      if (!e.notFound()) {
        throw e;
      }
    }
  }
}
