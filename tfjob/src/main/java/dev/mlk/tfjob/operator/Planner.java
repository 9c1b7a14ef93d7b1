package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.JobReasons;
import dev.mlk.tfjob.api.ReplicaStatus;
import dev.mlk.tfjob.api.TfJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides what to do about a job: a pure function of what is seen. One object is one decision. */
final class Planner {
  private static final String POLICY_REPLACED =
      "Restart policy in pod template will be overwritten by restart policy in replica spec";

  private final Settings settings;
  private final Job job;
  private final Seen seen;
  private final Instant now;
  private final StatusDraft status;
  private final List<Note> notes = new ArrayList<>();

  /**
   * What the operator's configuration says about decisions.
   *
   * @param clusterDomain appended to {@code .svc} in TF_CONFIG; may be empty
   * @param cleanPodPolicy for jobs that name none
   */
  record Settings(String clusterDomain, CleanPodPolicy cleanPodPolicy) {}

  private Planner(Observation observation, Settings settings) {
    this.settings = settings;
    this.job = Job.of(observation.job());
    this.seen = new Seen(job, observation);
    this.now = observation.now();
    this.status = new StatusDraft(job.status(), now);
  }

  static Plan plan(Observation observation, Settings settings) {
    if (Job.managedElsewhere(observation.job())
        || observation.job().getMetadata().getDeletionTimestamp() != null) {
      return Plan.NOTHING;
    }
    return new Planner(observation, settings).decide();
  }

  private Plan decide() {
    if (job.status().finished()) {
      return ended();
    }
    status.set(
        ConditionType.CREATED, true, JobReasons.CREATED, "TFJob " + job.name() + " is created.");
    if (job.suspended()) {
      return suspended();
    }
    if (status.is(ConditionType.SUSPENDED)) {
      resume();
    }
    if (!status.started()) {
      status.startNow();
    }
    List<String> obstacles = Obstacles.of(job);
    if (!obstacles.isEmpty()) {
      return fail(
          JobReasons.FAILED_VALIDATION, "TFJob cannot run: " + String.join("; ", obstacles));
    }
    notes.addAll(PodNotes.of(seen));
    Limits limits = new Limits(job, seen, status.startTime(), now);
    Verdict verdict = Verdict.of(job, seen);
    Optional<String> exceeded =
        verdict instanceof Verdict.Succeeded ? Optional.empty() : limits.exceeded();
    return exceeded.isPresent() ? fail(JobReasons.FAILED, exceeded.get()) : follow(verdict, limits);
  }

  private Plan follow(Verdict verdict, Limits limits) {
    count(verdict.restarting());
    return switch (verdict) {
      case Verdict.Succeeded _ -> {
        String message = "TFJob " + full() + " successfully completed.";
        status.set(ConditionType.SUCCEEDED, true, JobReasons.SUCCEEDED, message);
        notes.add(Note.normal(JobReasons.SUCCEEDED, message));
        status.completeNow();
        yield ended();
      }
      case Verdict.Failed failed -> {
        failed.firstMessage().ifPresent(m -> notes.add(Note.warning(JobReasons.FAILED, m)));
        status.set(
            ConditionType.FAILED,
            true,
            JobReasons.FAILED,
            failed.firstMessage().orElse(failed.message()));
        notes.add(Note.normal(JobReasons.FAILED, failed.message()));
        status.completeNow();
        yield ended();
      }
      case Verdict.Restarting restarting -> {
        for (String type : restarting.types()) {
          String message =
              "job " + job.name() + " is restarting because " + type + " replica(s) failed.";
          status.set(ConditionType.RESTARTING, true, JobReasons.RESTARTING, message);
          notes.add(Note.warning(JobReasons.RESTARTING, message));
        }
        yield live(restarting.pods(), limits);
      }
      case Verdict.Running _ -> {
        status.set(
            ConditionType.RUNNING, true, JobReasons.RUNNING, "TFJob " + full() + " is running.");
        yield live(List.of(), limits);
      }
      case Verdict.Waiting _ -> live(List.of(), limits);
    };
  }

  private String full() {
    return job.namespace() + "/" + job.name();
  }

  private void count(Map<String, Integer> restarting) {
    Map<String, ReplicaStatus> counted = new TreeMap<>();
    for (ReplicaGroup group : job.groups()) {
      ReplicaStatus before = status.replicas().get(group.key());
      counted.put(
          group.key(),
          ReplicaStatus.of(
              seen.active(group),
              seen.succeeded(group),
              seen.failed(group),
              (before == null ? 0 : before.restartCount())
                  + restarting.getOrDefault(group.key(), 0)));
    }
    status.replicas(counted);
  }

  /** Replaces, removes and makes replicas of a job that goes on. */
  private Plan live(List<PodView> replaced, Limits limits) {
    List<Action> actions = new ArrayList<>();
    for (PodView pod : replaced) {
      actions.add(new Action.DeletePod(pod.pod()));
    }
    actions.addAll(
        seen.delete(p -> !seen.wanted(p.type(), p.index()), service -> !seen.wanted(service)));
    Children children = new Children(job, settings.clusterDomain());
    for (ReplicaGroup group : job.groups()) {
      for (int index = 0; index < group.replicas(); index++) {
        if (seen.service(children.name(group, index)).isEmpty()) {
          actions.add(new Action.CreateService(children.service(group, index)));
        }
        if (seen.pod(group, index).isEmpty()) {
          if (group.template().getSpec().getRestartPolicy() != null) {
            notes.add(Note.warning(JobReasons.RESTART_POLICY_REPLACED, POLICY_REPLACED));
          }
          actions.add(new Action.CreatePod(children.pod(group, index)));
        }
      }
    }
    return plan(actions, limits.untilDeadline());
  }

  private Plan suspended() {
    if (status.is(ConditionType.RUNNING)) {
      status.set(
          ConditionType.RUNNING,
          false,
          JobReasons.SUSPENDED,
          "TFJob " + job.name() + " is suspended.");
    }
    String message = "TFJob " + job.name() + " is suspended.";
    if (status.set(ConditionType.SUSPENDED, true, JobReasons.SUSPENDED, message)) {
      notes.add(Note.normal(JobReasons.SUSPENDED, message));
    }
    if (job.status().replicaStatuses() != null) {
      Map<String, ReplicaStatus> zero = new TreeMap<>();
      job.groups().forEach(group -> zero.put(group.key(), ReplicaStatus.of(0, 0, 0, 0)));
      status.replicas(zero);
    }
    return plan(seen.delete(_ -> true, _ -> true), Optional.empty());
  }

  private void resume() {
    String message = "TFJob " + job.name() + " is resumed.";
    status.set(ConditionType.SUSPENDED, false, JobReasons.RESUMED, message);
    notes.add(Note.normal(JobReasons.RESUMED, message));
    status.startNow();
  }

  private Plan fail(String reason, String message) {
    status.set(ConditionType.FAILED, true, reason, message);
    notes.add(Note.normal(JobReasons.FAILED, message));
    status.completeNow();
    return ended();
  }

  private Plan ended() {
    if (status.is(ConditionType.SUCCEEDED)) {
      Map<String, ReplicaStatus> folded = new TreeMap<>();
      status
          .replicas()
          .forEach(
              (key, c) ->
                  folded.put(
                      key,
                      ReplicaStatus.of(
                          0,
                          c.succeededCount() + c.activeCount(),
                          c.failedCount(),
                          c.restartCount())));
      status.replicas(folded);
    }
    status.completeNow();
    List<Action> actions = new ArrayList<>(CleanUp.of(job, seen, settings.cleanPodPolicy()));
    Optional<Duration> left = Limits.untilExpiry(job, status.build(), now);
    if (left.filter(d -> !d.isPositive()).isPresent()) {
      actions.add(new Action.DeleteJob());
      return plan(actions, Optional.empty());
    }
    return plan(actions, left);
  }

  private Plan plan(List<Action> actions, Optional<Duration> again) {
    TfJobStatus after = status.build();
    return new Plan(
        after.equals(job.status()) ? Optional.empty() : Optional.of(after), notes, actions, again);
  }
}
