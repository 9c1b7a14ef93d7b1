package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.JobCondition;
import dev.mlk.tfjob.api.ReplicaStatus;
import dev.mlk.tfjob.api.TfJobStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A status in the making. */
final class StatusDraft {
  private final TfJobStatus before;
  private final String now;
  private final List<JobCondition> conditions;
  private Map<String, ReplicaStatus> replicas;
  private String startTime;
  private String completionTime;

  StatusDraft(TfJobStatus before, Instant now) {
    this.before = before;
    this.now = now.truncatedTo(ChronoUnit.SECONDS).toString();
    this.conditions =
        before.conditions() == null ? new ArrayList<>() : new ArrayList<>(before.conditions());
    this.replicas = before.replicaStatuses();
    this.startTime = before.startTime();
    this.completionTime = before.completionTime();
  }

  boolean has(ConditionType type) {
    return conditions.stream().anyMatch(c -> c.type().equals(type.word()));
  }

  boolean is(ConditionType type) {
    return conditions.stream().anyMatch(c -> c.type().equals(type.word()) && c.holds());
  }

  /**
   * Sets a condition: it becomes the last of the list. One of the same status and reason stays as
   * it is, and after Failed nothing changes any more.
   *
   * @return whether anything changed
   */
  boolean set(ConditionType type, boolean holds, String reason, String message) {
    String status = holds ? "True" : "False";
    if (is(ConditionType.FAILED)) {
      return false;
    }
    String since = now;
    for (JobCondition old : conditions) {
      if (old.type().equals(type.word()) && status.equals(old.status())) {
        if (reason.equals(old.reason())) {
          return false;
        }
        since = old.lastTransitionTime();
      }
    }
    conditions.removeIf(old -> old.type().equals(type.word()) || excludes(type, old));
    if (type == ConditionType.SUCCEEDED || type == ConditionType.FAILED) {
      conditions.replaceAll(StatusDraft::stopped);
    }
    conditions.add(new JobCondition(type.word(), status, reason, message, now, since));
    return true;
  }

  private static boolean excludes(ConditionType type, JobCondition old) {
    return (type == ConditionType.RUNNING && old.type().equals(ConditionType.RESTARTING.word()))
        || (type == ConditionType.RESTARTING && old.type().equals(ConditionType.RUNNING.word()))
        || (type == ConditionType.SUSPENDED && old.type().equals(ConditionType.RESTARTING.word()));
  }

  /** A job that has ended neither runs nor restarts. */
  private static JobCondition stopped(JobCondition c) {
    if (!c.type().equals(ConditionType.RUNNING.word())
        && !c.type().equals(ConditionType.RESTARTING.word())) {
      return c;
    }
    return new JobCondition(
        c.type(), "False", c.reason(), c.message(), c.lastUpdateTime(), c.lastTransitionTime());
  }

  boolean started() {
    return startTime != null;
  }

  String startTime() {
    return startTime;
  }

  void startNow() {
    startTime = now;
  }

  void completeNow() {
    if (completionTime == null) {
      completionTime = now;
    }
  }

  void replicas(Map<String, ReplicaStatus> counted) {
    replicas = counted;
  }

  Map<String, ReplicaStatus> replicas() {
    return replicas == null ? Map.of() : replicas;
  }

  TfJobStatus build() {
    return new TfJobStatus(
        conditions.isEmpty() ? null : conditions,
        replicas,
        startTime,
        completionTime,
        before.lastReconcileTime());
  }
}
