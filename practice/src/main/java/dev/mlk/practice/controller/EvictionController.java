package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Index;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.Tolerations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes pods from nodes that they do not tolerate (NoExecute taints) once their time is up, and
 * pods that nobody else removes: those of nodes that are gone.
 */
final class EvictionController {
  private final Shared shared;
  private final EventRecorder events;
  private final Index podsByNode;

  private EvictionController(Shared shared) {
    this.shared = shared;
    events = shared.events("taint-eviction-controller");
    podsByNode =
        new Index(
            shared.informer(Resources.PODS),
            pod -> {
              String node = Fields.text(pod, "spec", "nodeName");
              return node.isEmpty() ? List.of() : List.of(node);
            });
  }

  static void start(Shared shared) {
    var evictions = new EvictionController(shared);
    Controller controller =
        shared.start("eviction", 4, List.of(Resources.NODES, Resources.PODS), evictions::reconcile);
    shared
        .informer(Resources.NODES)
        .onChange(
            (change, before, now) -> {
              if (change != Informer.Change.MODIFIED
                  || !Fields.at(before, "spec", "taints")
                      .equals(Fields.at(now, "spec", "taints"))) {
                evictions
                    .podsByNode
                    .get(Fields.name(now))
                    .forEach(pod -> controller.enqueue(Key.of(pod)));
              }
            });
    shared
        .informer(Resources.PODS)
        .onChange(
            (_, before, now) -> {
              if (before == null || !before.path("spec").equals(now.path("spec"))) {
                controller.enqueue(Key.of(now));
              }
            });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found = shared.informer(Resources.PODS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode pod = found.get();
    String name = Fields.text(pod, "spec", "nodeName");
    if (name.isEmpty()) {
      if (Fields.deleting(pod)) {
        finish(pod);
      }
      return Optional.empty();
    }
    Optional<ObjectNode> node = shared.informer(Resources.NODES).get("", name);
    if (node.isEmpty()) {
      return abandoned(pod, name);
    }
    if (Fields.deleting(pod)) {
      return Optional.empty();
    }
    Optional<Duration> stay = Tolerations.stay(pod, node.get());
    if (stay.isEmpty()) {
      return Optional.empty();
    }
    Duration left = shared.until(since(node.get()).plus(stay.get()));
    if (!left.isZero()) {
      return Optional.of(left);
    }
    events.normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + key);
    remove(
        pod,
        "DeletionByTaintManager",
        "Taint manager: deleting due to NoExecute taint",
        Fields.deleteOptions(pod, "Background"));
    return Optional.empty();
  }

  /** A server that was killed between the two writes of a deletion leaves a pod without a node. */
  private void finish(ObjectNode pod) {
    try {
      shared
          .client()
          .delete(
              Resources.PODS,
              Fields.namespace(pod),
              Fields.name(pod),
              Fields.deleteOptions(pod, "Background").put("gracePeriodSeconds", 0));
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  private Instant since(JsonNode node) {
    Instant latest = Instant.EPOCH;
    for (JsonNode taint : Fields.at(node, "spec", "taints")) {
      if (Fields.text(taint, "effect").equals("NoExecute")) {
        Instant added = Fields.moment(taint, "timeAdded").orElse(shared.now());
        latest = added.isAfter(latest) ? added : latest;
      }
    }
    return latest;
  }

  /** No agent will ever finish a pod whose node is gone; asked live, for nodes may just be new. */
  private Optional<Duration> abandoned(ObjectNode pod, String node) {
    if (shared.client().find(Resources.NODES, "", node).isPresent()) {
      return Optional.empty();
    }
    Duration left =
        shared.until(
            Fields.moment(pod, "metadata", "creationTimestamp")
                .orElse(shared.now())
                .plusSeconds(40));
    if (!left.isZero() && !Fields.deleting(pod)) {
      return Optional.of(left);
    }
    remove(
        pod,
        "DeletionByPodGC",
        "PodGC: node no longer exists",
        Fields.deleteOptions(pod, "Background").put("gracePeriodSeconds", 0));
    return Optional.empty();
  }

  private void remove(ObjectNode pod, String reason, String message, ObjectNode options) {
    ObjectNode patch = Fields.newObject();
    ObjectNode status = patch.putObject("status");
    status
        .putArray("conditions")
        .add(
            Conditions.of("DisruptionTarget", "True", reason, message)
                .put("lastTransitionTime", shared.timestamp()));
    if (reason.equals("DeletionByPodGC") && !Pods.finished(pod)) {
      status.put("phase", "Failed");
    }
    try {
      shared
          .client()
          .patch(
              Resources.PODS.path(Fields.namespace(pod), Fields.name(pod), "status"),
              ApiClient.PatchType.STRATEGIC,
              patch);
      shared.client().delete(Resources.PODS, Fields.namespace(pod), Fields.name(pod), options);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }
}
