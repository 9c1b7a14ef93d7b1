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
    Map<String, Integer> left = empty(key.name());
    if (left.isEmpty()) {
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

  /** Deletes everything in the namespace. Returns what is still there, counted by resource. */
  private Map<String, Integer> empty(String namespace) {
    Map<String, Integer> left = new TreeMap<>();
    for (Discovery.Found found : Discovery.all(shared.client())) {
      if (found.resource().namespaced() && found.can("list", "delete", "deletecollection")) {
        int count = empty(found.resource(), namespace);
        if (count > 0) {
          left.put(found.resource().qualifiedName(), count);
        }
      }
    }
    return left;
  }

  private int empty(Resource resource, String namespace) {
    ApiClient client = shared.client();
    try {
      if (client.list(resource, namespace, Map.of("limit", "1")).path("items").isEmpty()) {
        return 0;
      }
      client.call(
          Request.of("DELETE", resource.path(namespace))
              .body(
                  "application/json",
                  JsonMapper.shared()
                      .writeValueAsBytes(
                          Fields.newObject().put("propagationPolicy", "Background"))));
      return client.list(resource, namespace, Map.of()).path("items").size();
    } catch (ApiException e) {
      // A custom resource may have gone since discovery.
      if (e.notFound() || e.code() == 405) {
        return 0;
      }
      throw e;
    }
  }

  private void report(ObjectNode namespace, Map<String, Integer> left) {
    ObjectNode changed = namespace.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    String what =
        String.join(
            ", ",
            left.entrySet().stream()
                .map(entry -> entry.getKey() + " has " + entry.getValue() + " resource instances")
                .toList());
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
            "Some resources are remaining: " + what);
    news |=
        set(
            status,
            "NamespaceFinalizersRemaining",
            "False",
            "ContentHasNoFinalizers",
            "All content-preserving finalizers finished");
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
