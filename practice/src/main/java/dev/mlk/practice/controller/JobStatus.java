package dev.mlk.practice.controller;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a job, as kubectl and other controllers read it. */
final class JobStatus {
  private JobStatus() {}

  static boolean finished(JsonNode job) {
    return Pods.isTrue(job, "Complete") || Pods.isTrue(job, "Failed");
  }

  static Optional<Instant> endedAt(JsonNode job) {
    return Pods.condition(job, "Complete")
        .or(() -> Pods.condition(job, "Failed"))
        .flatMap(condition -> Fields.moment(condition, "lastTransitionTime"));
  }

  static ObjectNode condition(
      String type, String value, String reason, String message, String now) {
    ObjectNode condition = Fields.newObject();
    return condition
        .put("type", type)
        .put("status", value)
        .put("lastProbeTime", now)
        .put("lastTransitionTime", now)
        .put("reason", reason)
        .put("message", message);
  }

  /** Says how the job will end, while pods may still be running. */
  static void announce(ObjectNode status, String now, JobState.End end) {
    String type = end.success() ? "SuccessCriteriaMet" : "FailureTarget";
    Conditions.set(status, now, condition(type, "True", end.reason(), end.message(), now));
  }

  /** Says that the job has ended. */
  static void complete(ObjectNode status, String now, JobState.End end) {
    String type = end.success() ? "Complete" : "Failed";
    Conditions.set(status, now, condition(type, "True", end.reason(), end.message(), now));
    if (end.success()) {
      status.put("completionTime", now);
    }
    status.remove("active");
    status.put("ready", 0);
    status.put("terminating", 0);
  }

  /**
   * The counts of pods.
   *
   * @param active how many run after what was just started and stopped
   */
  static void counts(ObjectNode status, JobState state, int active) {
    Counts.put(status, "active", active);
    status.put("ready", state.ready());
    status.put("terminating", state.terminating());
    if (state.indexed()) {
      putText(status, "completedIndexes", Indexes.text(state.completedIndexes()));
    }
    if (!state.failedIndexes().isEmpty()) {
      status.put("failedIndexes", Indexes.text(state.failedIndexes()));
    }
    Fields.object(status, "uncountedTerminatedPods");
  }

  private static void putText(ObjectNode status, String name, String text) {
    if (text.isEmpty()) {
      status.remove(name);
    } else {
      status.put(name, text);
    }
  }
}
