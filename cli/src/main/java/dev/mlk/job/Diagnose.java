package dev.mlk.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Says what is the matter with a job: the first rule that matches names the root cause, so that a
 * learner reads one sentence and not ten symptoms.
 */
public final class Diagnose {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Diagnose() {}

  /** The diagnosis of what was observed. */
  public static Diagnosis of(Observation seen) {
    Job job = seen.job();
    return switch (job.state()) {
      case SUCCEEDED ->
          new Diagnosis(
              Verdict.SUCCEEDED,
              "Job " + job.name() + " has succeeded.",
              "",
              "mlk tfjob logs " + job.name(),
              null);
      case FAILED -> failed(seen);
      default -> job.suspendAsked() ? suspended(job) : alive(seen);
    };
  }

  private static Diagnosis suspended(Job job) {
    return new Diagnosis(
        Verdict.SUSPENDED,
        "Job " + job.name() + " is suspended: it holds no pods and no GPUs.",
        "",
        "mlk tfjob resume " + job.name(),
        null);
  }

  private static Diagnosis failed(Observation seen) {
    Job job = seen.job();
    String message = job.condition("Failed").map(c -> c.path("message").asString("")).orElse("");
    if (message.contains("active longer than specified deadline")) {
      return new Diagnosis(
          Verdict.FAILED,
          "Job "
              + job.name()
              + " failed: it ran longer than its activeDeadlineSeconds of "
              + job.object().path("spec").path("runPolicy").path("activeDeadlineSeconds").asString()
              + ".",
          message,
          "raise spec.runPolicy.activeDeadlineSeconds, or train fewer steps, and submit again",
          null);
    }
    Optional<Replica> first = firstFailure(seen.replicas());
    if (first.isEmpty()) {
      return new Diagnosis(
          Verdict.FAILED,
          "Job " + job.name() + " failed.",
          message,
          "mlk tfjob logs " + job.name(),
          null);
    }
    Replica replica = first.get();
    JsonNode end = replica.failure();
    if (end.path("reason").asString("").equals("OOMKilled")) {
      return outOfMemory(job, replica);
    }
    String also =
        seen.replicas().stream().filter(r -> r.failure().isObject()).count() > 1 ? " first" : "";
    return new Diagnosis(
        Verdict.FAILED,
        "Job "
            + job.name()
            + " failed: "
            + replica.name()
            + " ended"
            + also
            + " with exit code "
            + end.path("exitCode").asInt()
            + meaning(end)
            + ".",
        end.path("message").asString(message),
        "mlk tfjob logs " + job.name() + " --replica " + replica.name(),
        replica);
  }

  /** The replica whose failure came first: the others' are often only its echo. */
  static Optional<Replica> firstFailure(List<Replica> replicas) {
    return replicas.stream()
        .filter(replica -> replica.failure().isObject())
        .min(
            Comparator.comparing(
                replica -> Job.time(replica.failure().path("finishedAt")).orElse(Instant.MAX)));
  }

  private static String meaning(JsonNode end) {
    int code = end.path("exitCode").asInt();
    String reason = end.path("reason").asString("");
    return switch (code) {
      case 126 -> " (the command cannot be executed)";
      case 127, 128 -> " (the command was not found in the image)";
      case 137 -> " (killed, SIGKILL)";
      case 139 -> " (crashed, SIGSEGV)";
      case 143 -> " (asked to stop, SIGTERM)";
      default -> reason.isEmpty() || reason.equals("Error") ? "" : " (" + reason + ")";
    };
  }

  static Diagnosis outOfMemory(Job job, Replica replica) {
    String limit = "";
    for (JsonNode container : replica.pod().path("spec").path("containers")) {
      if (container.path("name").asString("").equals(replica.containerName())) {
        limit = container.path("resources").path("limits").path("memory").asString("");
      }
    }
    return new Diagnosis(
        Verdict.OUT_OF_MEMORY,
        "Job "
            + job.name()
            + ": "
            + replica.name()
            + " was killed because it used more memory than its limit"
            + (limit.isEmpty() ? "" : " of " + limit)
            + ".",
        "OOMKilled, exit code 137",
        "raise resources.limits.memory (mlk tfjob submit FILE --set "
            + replica.type()
            + ".memory=2Gi), or lower the batch size",
        replica);
  }

  private static Diagnosis alive(Observation seen) {
    Job job = seen.job();
    if (seen.replicas().isEmpty()) {
      return withoutPods(seen);
    }
    for (Replica replica : seen.replicas()) {
      Optional<Diagnosis> stuck = stuck(job, replica);
      if (stuck.isPresent()) {
        return stuck.get();
      }
    }
    for (Replica replica : seen.replicas()) {
      if (replica.phase().equals("Pending") && replica.node().isEmpty()) {
        return Unschedulable.explain(seen, replica);
      }
    }
    Optional<Diagnosis> refused = refused(seen);
    if (refused.isPresent() && seen.replicas().size() < job.replicas()) {
      return refused.get();
    }
    long running = seen.replicas().stream().filter(r -> r.phase().equals("Running")).count();
    long done = seen.replicas().stream().filter(r -> r.phase().equals("Succeeded")).count();
    if (running + done < job.replicas()) {
      return new Diagnosis(
          Verdict.WAITING,
          "Job "
              + job.name()
              + " is starting: "
              + running
              + " of "
              + job.replicas()
              + " replicas run.",
          "",
          "mlk tfjob wait " + job.name(),
          null);
    }
    int restarts = seen.replicas().stream().mapToInt(Replica::restarts).sum();
    return new Diagnosis(
        Verdict.RUNNING,
        "Job "
            + job.name()
            + " is running with "
            + running
            + (running == 1 ? " replica" : " replicas")
            + (restarts == 0 ? "." : " after " + restarts + " restarts."),
        "",
        "mlk tfjob logs " + job.name() + " --follow",
        null);
  }

  private static Optional<Diagnosis> stuck(Job job, Replica replica) {
    JsonNode waiting = replica.waiting();
    String reason = waiting.path("reason").asString("");
    String message = waiting.path("message").asString("");
    if (replica.lacksImage()) {
      return Optional.of(
          new Diagnosis(
              replica.lacksImageForGood() ? Verdict.IMAGE : Verdict.WAITING,
              "Job "
                  + job.name()
                  + ": the image "
                  + replica.container().path("image").asString("")
                  + " of "
                  + replica.name()
                  + " cannot be pulled.",
              message.isEmpty() ? reason : message,
              "correct the image (mlk tfjob submit FILE --set image=NAME:TAG), after mlk tfjob delete "
                  + job.name(),
              replica));
    }
    if (replica.cannotBeCreated()) {
      return Optional.of(
          new Diagnosis(
              Verdict.CONFIGURATION,
              "Job " + job.name() + ": the container of " + replica.name() + " cannot be started.",
              message.isEmpty() ? reason : message,
              "kubectl describe pod " + replica.podName(),
              replica));
    }
    if (reason.equals("CrashLoopBackOff")) {
      JsonNode end = replica.failure();
      if (end.path("reason").asString("").equals("OOMKilled")) {
        return Optional.of(outOfMemory(job, replica));
      }
      return Optional.of(
          new Diagnosis(
              Verdict.WAITING,
              "Job "
                  + job.name()
                  + ": "
                  + replica.name()
                  + " has ended "
                  + replica.restarts()
                  + " times, last with exit code "
                  + end.path("exitCode").asInt()
                  + meaning(end)
                  + ", and is started again after a pause.",
              message,
              "mlk tfjob logs " + job.name() + " --replica " + replica.name() + " --previous",
              replica));
    }
    return Optional.empty();
  }

  private static Diagnosis withoutPods(Observation seen) {
    Job job = seen.job();
    Optional<Diagnosis> refused = refused(seen);
    if (refused.isPresent()) {
      return refused.get();
    }
    boolean longAgo =
        job.created().map(made -> made.plus(PATIENCE).isBefore(seen.now())).orElse(false);
    if (longAgo && job.state() == Job.State.PENDING) {
      return new Diagnosis(
          Verdict.WAITING,
          "Nobody has taken up job " + job.name() + ": no TFJob operator answers in this cluster.",
          "the job has no condition "
              + Duration.between(job.created().orElseThrow(), seen.now()).toSeconds()
              + " s after it was made",
          "mlk cluster check",
          null);
    }
    return new Diagnosis(
        Verdict.WAITING,
        "Job " + job.name() + " has no pods yet.",
        "",
        "mlk tfjob wait " + job.name(),
        null);
  }

  /** The operator's last word on a pod that the API server did not let it create. */
  private static Optional<Diagnosis> refused(Observation seen) {
    for (JsonNode event : seen.events().reversed()) {
      String message = event.path("message").asString("");
      if (event.path("reason").asString("").equals("FailedCreatePod")) {
        String cause = message.substring(Math.max(0, message.indexOf("forbidden: ")));
        boolean quota = message.contains("exceeded quota") || message.contains("failed quota");
        return Optional.of(
            new Diagnosis(
                quota ? Verdict.OVER_QUOTA : Verdict.CONFIGURATION,
                quota
                    ? "Job "
                        + seen.job().name()
                        + " is over the quota of namespace "
                        + seen.job().namespace()
                        + "."
                    : "The pods of job " + seen.job().name() + " were refused by the cluster.",
                cause,
                quota
                    ? "kubectl describe quota -n " + seen.job().namespace()
                    : "mlk tfjob get " + seen.job().name() + " -o yaml",
                null));
      }
    }
    return Optional.empty();
  }
}
