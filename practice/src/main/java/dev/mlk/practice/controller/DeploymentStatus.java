package dev.mlk.practice.controller;

import dev.mlk.kube.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a deployment: counts, and the conditions Available and Progressing. */
final class DeploymentStatus {
  private final Shared shared;

  DeploymentStatus(Shared shared) {
    this.shared = shared;
  }

  /** Writes the status if it changed. Returns when the progress deadline must be looked at. */
  Optional<Duration> write(
      ObjectNode deployment, Optional<ObjectNode> fresh, List<ObjectNode> sets) {
    ObjectNode changed = deployment.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    JsonNode before = deployment.path("status");
    int replicas = sum(sets, set -> Fields.number(set, 0, "status", "replicas"));
    int available = sum(sets, Rollout::available);
    int wanted = sum(sets, Rollout::wanted);
    int updated = fresh.map(set -> Fields.number(set, 0, "status", "replicas")).orElse(0);
    Counts.put(
        status, "observedGeneration", Fields.number(deployment, 0, "metadata", "generation"));
    Counts.put(status, "replicas", replicas);
    Counts.put(status, "updatedReplicas", updated);
    Counts.put(
        status,
        "readyReplicas",
        sum(sets, set -> Fields.number(set, 0, "status", "readyReplicas")));
    Counts.put(status, "availableReplicas", available);
    Counts.put(status, "unavailableReplicas", Math.max(0, wanted - available));
    status.put(
        "terminatingReplicas",
        sum(sets, set -> Fields.number(set, 0, "status", "terminatingReplicas")));
    availability(deployment, status, available);
    pausing(deployment, status);
    boolean paused = Fields.at(deployment, "spec", "paused").asBoolean(false);
    Optional<Duration> again =
        paused ? Optional.empty() : progress(deployment, status, before, fresh);
    boolean revised = revise(changed, fresh);
    if (revised || !status.equals(before)) {
      shared.client().updateStatus(Resources.DEPLOYMENTS, changed);
    }
    return again;
  }

  /**
   * The deployment has its current set's revision; written with the status it is no new generation.
   */
  private static boolean revise(ObjectNode changed, Optional<ObjectNode> fresh) {
    int revision = fresh.map(Rollout::revision).orElse(0);
    if (revision == 0 || Rollout.revision(changed) == revision) {
      return false;
    }
    Fields.object(Fields.object(changed, "metadata"), "annotations")
        .put("deployment.kubernetes.io/revision", Integer.toString(revision));
    return true;
  }

  private static int sum(List<ObjectNode> sets, ToIntFunction<ObjectNode> number) {
    return sets.stream().mapToInt(number).sum();
  }

  private void availability(ObjectNode deployment, ObjectNode status, int available) {
    int least = Fields.number(deployment, 1, "spec", "replicas") - Rollout.unavailable(deployment);
    if (available >= least) {
      set(
          status,
          "Available",
          "True",
          "MinimumReplicasAvailable",
          "Deployment has minimum availability.");
    } else {
      set(
          status,
          "Available",
          "False",
          "MinimumReplicasUnavailable",
          "Deployment does not have minimum availability.");
    }
  }

  /** A pause, and its end, are a reason of their own: the deadline stands still meanwhile. */
  private void pausing(ObjectNode deployment, ObjectNode status) {
    String reason =
        Pods.condition(deployment, "Progressing")
            .map(found -> Fields.text(found, "reason"))
            .orElse("");
    boolean paused = Fields.at(deployment, "spec", "paused").asBoolean(false);
    if (reason.equals("ProgressDeadlineExceeded")) {
      return;
    }
    if (paused && !reason.equals("DeploymentPaused")) {
      set(status, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused");
    } else if (!paused && reason.equals("DeploymentPaused")) {
      set(status, "Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed");
    }
  }

  private Optional<Duration> progress(
      ObjectNode deployment, ObjectNode status, JsonNode before, Optional<ObjectNode> fresh) {
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    String name = "ReplicaSet \"" + Fields.name(fresh.get()) + "\"";
    int wanted = Fields.number(deployment, 1, "spec", "replicas");
    boolean done =
        Fields.number(status, 0, "updatedReplicas") == wanted
            && Fields.number(status, 0, "replicas") == wanted
            && Fields.number(status, 0, "availableReplicas") == wanted;
    Optional<JsonNode> known = Pods.condition(deployment, "Progressing");
    String reason = known.map(found -> Fields.text(found, "reason")).orElse("");
    if (done) {
      set(
          status,
          "Progressing",
          "True",
          "NewReplicaSetAvailable",
          name + " has successfully progressed.");
      return Optional.empty();
    }
    if (moved(before, status) || known.isEmpty()) {
      touch(status, name + " is progressing.");
      return deadline(deployment, Optional.of(shared.now()));
    }
    if (reason.equals("NewReplicaSetAvailable") || reason.equals("ProgressDeadlineExceeded")) {
      return Optional.empty();
    }
    Optional<Duration> left =
        deadline(deployment, known.flatMap(found -> Fields.moment(found, "lastUpdateTime")));
    if (left.isPresent() && left.get().isZero()) {
      set(
          status,
          "Progressing",
          "False",
          "ProgressDeadlineExceeded",
          name + " has timed out progressing.");
      return Optional.empty();
    }
    return left;
  }

  private static boolean moved(JsonNode before, JsonNode now) {
    return Fields.number(now, 0, "updatedReplicas") != Fields.number(before, 0, "updatedReplicas")
        || Fields.number(now, 0, "readyReplicas") > Fields.number(before, 0, "readyReplicas")
        || Fields.number(now, 0, "availableReplicas")
            > Fields.number(before, 0, "availableReplicas")
        || Fields.number(now, 0, "replicas") - Fields.number(now, 0, "updatedReplicas")
            < Fields.number(before, 0, "replicas") - Fields.number(before, 0, "updatedReplicas");
  }

  private Optional<Duration> deadline(ObjectNode deployment, Optional<Instant> since) {
    int seconds = Fields.number(deployment, 600, "spec", "progressDeadlineSeconds");
    return seconds == Integer.MAX_VALUE || since.isEmpty()
        ? Optional.empty()
        : Optional.of(shared.until(since.get().plusSeconds(seconds)));
  }

  private void touch(ObjectNode status, String message) {
    Conditions.remove(status, "Progressing");
    set(status, "Progressing", "True", "ReplicaSetUpdated", message);
  }

  private void set(ObjectNode status, String type, String value, String reason, String message) {
    ObjectNode condition = Conditions.of(type, value, reason, message);
    condition.put("lastUpdateTime", shared.timestamp());
    Conditions.set(status, shared.timestamp(), condition);
  }
}
