package dev.mlk.practice.kind;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a job: counts and conditions must make sense together. */
final class JobStatusValidation {
  private static final String CONDITIONS = "status.conditions";

  private JobStatusValidation() {}

  static void check(ObjectNode job, ObjectNode old, Findings findings) {
    JsonNode status = job.path("status");
    findings.notNegative(status, "status", "active", "succeeded", "failed", "ready", "terminating");
    boolean complete = condition(job, "Complete");
    boolean failed = condition(job, "Failed");
    if (complete && failed) {
      findings.invalidWithoutValue(
          CONDITIONS, "cannot set Complete=True and Failed=true conditions");
    }
    if (complete && condition(job, "FailureTarget")) {
      findings.invalidWithoutValue(
          CONDITIONS, "cannot set Complete=True and FailureTarget=true conditions");
    }
    completionTime(status, complete, findings);
    if (failed && !condition(job, "FailureTarget")) {
      findings.invalidWithoutValue(
          CONDITIONS, "cannot set Failed=True condition without the FailureTarget=true condition");
    }
    if (complete && !condition(job, "SuccessCriteriaMet")) {
      findings.invalidWithoutValue(
          CONDITIONS,
          "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }
    if (complete || failed) {
      finished(status, findings);
    }
    if (Tree.has(status, "ready") && Tree.number(status, "ready") > Tree.number(status, "active")) {
      findings.invalid(
          "status.ready", Tree.number(status, "ready"), "cannot set more ready pods than active");
    }
    transition(job, old, findings);
  }

  private static void completionTime(JsonNode status, boolean complete, Findings findings) {
    boolean timed = Tree.has(status, "completionTime");
    if (timed && !complete) {
      findings.invalid(
          "status.completionTime",
          status.path("completionTime"),
          "cannot set completionTime when there is no Complete=True condition");
    } else if (!timed && complete) {
      findings.required("status.completionTime", "completionTime is required for Complete jobs");
    }
  }

  private static void finished(JsonNode status, Findings findings) {
    if (Tree.number(status, "active") > 0) {
      findings.invalid(
          "status.active", Tree.number(status, "active"), "active>0 is invalid for finished job");
    }
    if (!Tree.has(status, "startTime")) {
      findings.required("status.startTime", "startTime is required for finished job");
    }
    JsonNode uncounted = status.path("uncountedTerminatedPods");
    if (!uncounted.path("succeeded").isEmpty() || !uncounted.path("failed").isEmpty()) {
      findings.invalid(
          "status.uncountedTerminatedPods", uncounted, "must be empty for finished job");
    }
    if (Tree.number(status, "terminating") > 0) {
      findings.invalid(
          "status.terminating",
          Tree.number(status, "terminating"),
          "terminating>0 is invalid for finished job");
    }
  }

  private static void transition(ObjectNode job, ObjectNode old, Findings findings) {
    for (String type : List.of("Failed", "Complete", "FailureTarget")) {
      if (condition(old, type) && !condition(job, type)) {
        findings.invalidWithoutValue(
            CONDITIONS, "cannot disable the terminal " + type + "=True condition");
      }
    }
    for (String count : List.of("failed", "succeeded")) {
      long now = Tree.number(job, "status", count);
      if (now < Tree.number(old, "status", count)) {
        findings.invalid("status." + count, now, "cannot decrease the " + count + " counter");
      }
    }
    if (condition(old, "SuccessCriteriaMet") && !condition(job, "SuccessCriteriaMet")) {
      findings.invalidWithoutValue(
          CONDITIONS, "cannot disable the SuccessCriteriaMet=True condition");
    }
  }

  private static boolean condition(ObjectNode job, String type) {
    for (ObjectNode condition : Tree.objects(job.path("status").path("conditions"))) {
      if (Tree.text(condition, "type").equals(type)) {
        return Tree.text(condition, "status").equals("True");
      }
    }
    return false;
  }
}
