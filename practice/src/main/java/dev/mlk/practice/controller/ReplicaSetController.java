package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps as many pods as each replica set wants. */
final class ReplicaSetController {
  private static final int MOST_AT_ONCE = 500;
  private final Shared shared;
  private final PodControl pods;

  private ReplicaSetController(Shared shared) {
    this.shared = shared;
    pods = new PodControl(shared, shared.events("replicaset-controller"));
  }

  static void start(Shared shared) {
    var sets = new ReplicaSetController(shared);
    Controller controller =
        shared.start(
            "replicaset", 4, List.of(Resources.REPLICA_SETS, Resources.PODS), sets::reconcile);
    controller.follow(shared.informer(Resources.REPLICA_SETS));
    shared.followPods(controller, "ReplicaSet");
    shared.informer(Resources.PODS).onChange((_, _, now) -> sets.enqueueAdopters(controller, now));
  }

  /** A pod without controller may be taken by a set whose selector it matches. */
  private void enqueueAdopters(Controller controller, JsonNode pod) {
    if (Owners.controllerOf(pod).isPresent()) {
      return;
    }
    for (ObjectNode set : shared.informer(Resources.REPLICA_SETS).in(Fields.namespace(pod))) {
      if (LabelSelector.matches(
          Fields.at(set, "spec", "selector"), Fields.at(pod, "metadata", "labels"))) {
        controller.enqueue(Key.of(set));
      }
    }
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.REPLICA_SETS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      pods.forget(key);
      return Optional.empty();
    }
    ObjectNode set = found.get();
    if (!pods.settled(key)) {
      return Optional.empty();
    }
    List<ObjectNode> active = new ArrayList<>();
    int terminating = 0;
    for (ObjectNode pod : pods.claimed(set)) {
      if (Pods.active(pod)) {
        active.add(pod);
      } else if (Fields.deleting(pod) && !Pods.finished(pod)) {
        terminating++;
      }
    }
    String problem = "";
    ApiException refusal = null;
    if (!Fields.deleting(set)) {
      try {
        scale(key, set, active);
      } catch (ApiException e) {
        refusal = e;
        problem = e.getMessage();
      }
    }
    Optional<Duration> again = status(set, active, terminating, problem);
    if (refusal != null) {
      throw refusal;
    }
    return again;
  }

  private void scale(Key key, ObjectNode set, List<ObjectNode> active) {
    int wanted = Fields.number(set, 1, "spec", "replicas");
    int missing = wanted - active.size();
    for (int i = 0; i < Math.min(missing, MOST_AT_ONCE); i++) {
      pods.create(key, set, Pods.fromTemplate(set, Fields.at(set, "spec", "template")));
    }
    if (missing < 0) {
      active.sort(LEAVES_FIRST);
      for (ObjectNode pod : active.subList(0, Math.min(-missing, MOST_AT_ONCE))) {
        pods.delete(key, set, pod);
      }
    }
  }

  /** Who goes first when there are too many: unplaced, not running, not ready, cheap, young. */
  static final Comparator<ObjectNode> LEAVES_FIRST =
      Comparator.comparing((ObjectNode pod) -> !Fields.text(pod, "spec", "nodeName").isEmpty())
          .thenComparing(pod -> Pods.phase(pod).equals("Running"))
          .thenComparing(Pods::ready)
          .thenComparingLong(
              pod ->
                  Fields.at(pod, "metadata", "annotations")
                      .path("controller.kubernetes.io/pod-deletion-cost")
                      .asLong(0))
          .thenComparing(
              Comparator.comparing(
                      (ObjectNode pod) -> Fields.text(pod, "metadata", "creationTimestamp"))
                  .reversed())
          .thenComparing(Fields::name);

  private Optional<Duration> status(
      ObjectNode set, List<ObjectNode> active, int terminating, String problem) {
    int minReady = Fields.number(set, 0, "spec", "minReadySeconds");
    int ready = 0;
    int available = 0;
    int labelled = 0;
    Duration soonest = null;
    JsonNode labels = Fields.at(set, "spec", "template", "metadata", "labels");
    for (ObjectNode pod : active) {
      Optional<Duration> left = Pods.untilAvailable(pod, minReady, shared.now());
      ready += left.isPresent() ? 1 : 0;
      if (left.isPresent() && left.get().isZero()) {
        available++;
      } else if (left.isPresent() && (soonest == null || left.get().compareTo(soonest) < 0)) {
        soonest = left.get();
      }
      labelled += LabelSelector.contains(labels, Fields.at(pod, "metadata", "labels")) ? 1 : 0;
    }
    ObjectNode changed = set.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    status.put("replicas", active.size());
    Counts.put(status, "fullyLabeledReplicas", labelled);
    Counts.put(status, "readyReplicas", ready);
    Counts.put(status, "availableReplicas", available);
    status.put("terminatingReplicas", terminating);
    Counts.put(status, "observedGeneration", Fields.at(set, "metadata", "generation").asInt(0));
    if (problem.isEmpty()) {
      Conditions.remove(status, "ReplicaFailure");
    } else if (!Conditions.has(status, "ReplicaFailure")) {
      // Only the first time: each message names another pod, and a changed status is tried at once.
      Conditions.set(
          status,
          shared.timestamp(),
          Conditions.of("ReplicaFailure", "True", "FailedCreate", problem));
    }
    if (!status.equals(set.path("status"))) {
      shared.client().updateStatus(Resources.REPLICA_SETS, changed);
    }
    return Optional.ofNullable(soonest);
  }
}
