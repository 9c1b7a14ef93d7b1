package dev.mlk.practice.controller;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs the pods of jobs until enough have succeeded or too many have failed. */
final class JobController {
  private static final String JOB = "Job";
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private final Shared shared;
  private final EventRecorder events;
  private final PodControl pods;
  private final JobTracking tracking;

  private JobController(Shared shared) {
    this.shared = shared;
    events = shared.events("job-controller");
    pods = new PodControl(shared, events);
    tracking = new JobTracking(shared);
  }

  static void start(Shared shared) {
    var jobs = new JobController(shared);
    Controller controller =
        shared.start("job", 4, List.of(Resources.JOBS, Resources.PODS), jobs::reconcile);
    controller.follow(shared.informer(Resources.JOBS));
    shared.followPods(controller, JOB);
    JobOrphans.start(shared, jobs.tracking);
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found = shared.informer(Resources.JOBS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      pods.forget(key);
      tracking.forget(key);
      return Optional.empty();
    }
    ObjectNode job = found.get();
    if (!tracking.seesOwnWrites(key)) {
      return Optional.empty();
    }
    if (JobStatus.finished(job)) {
      shared.podsOf(job).stream().filter(Pods::finished).forEach(pod -> tracking.letGo(key, pod));
      return timeToLive(job);
    }
    if (Fields.deleting(job)) {
      // With foreground deletion the job stays until its pods are gone, which wait for this.
      shared.podsOf(job).stream()
          .filter(pod -> Pods.finished(pod) || Fields.deleting(pod))
          .forEach(pod -> tracking.letGo(key, pod));
      return Optional.empty();
    }
    if (!pods.settled(key)) {
      return Optional.empty();
    }
    return run(key, job);
  }

  private Optional<Duration> timeToLive(ObjectNode job) {
    JsonNode seconds = Fields.at(job, "spec", "ttlSecondsAfterFinished");
    Optional<Instant> ended = JobStatus.endedAt(job);
    if (!seconds.isNumber() || ended.isEmpty() || Fields.deleting(job)) {
      return Optional.empty();
    }
    Duration left = shared.until(ended.get().plusSeconds(seconds.asLong()));
    if (!left.isZero()) {
      return Optional.of(left);
    }
    try {
      shared
          .client()
          .delete(
              Resources.JOBS,
              Fields.namespace(job),
              Fields.name(job),
              Fields.deleteOptions(job, "Foreground"));
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
    return Optional.empty();
  }

  private Optional<Duration> run(Key key, ObjectNode job) {
    ObjectNode changed = job.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    boolean suspended = Fields.at(job, "spec", "suspend").asBoolean(false);
    JobState state = JobState.of(job, shared.podsOf(job));
    if (!suspended && Fields.text(status, "startTime").isEmpty()) {
      status.put("startTime", shared.timestamp());
    }
    Optional<JobState.End> end = state.end(deadlinePassed(job, suspended));
    Managed managed = new Managed(0, null);
    if (end.isPresent() || suspended) {
      stopPods(key, job, state.active());
      end.ifPresent(how -> JobStatus.announce(status, shared.timestamp(), how));
    } else {
      managed = manage(key, job, state);
    }
    suspension(job, status, suspended);
    JobStatus.counts(status, state, managed.active);
    tracking.count(job, changed, state);
    if (end.isPresent() && state.active().isEmpty() && state.terminating() == 0) {
      finish(job, status, end.get());
    }
    tracking.write(job, changed);
    return earlier(managed.again, end.isPresent() ? null : deadline(job, suspended));
  }

  private void finish(ObjectNode job, ObjectNode status, JobState.End end) {
    JobStatus.complete(status, shared.timestamp(), end);
    if (end.success()) {
      events.normal(job, "Completed", "Job completed");
    } else {
      events.warning(job, end.reason(), end.message());
    }
  }

  private static Optional<Duration> earlier(Duration a, Duration b) {
    if (a == null || b == null) {
      return Optional.ofNullable(a == null ? b : a);
    }
    return Optional.of(a.compareTo(b) < 0 ? a : b);
  }

  private Duration deadline(ObjectNode job, boolean suspended) {
    JsonNode seconds = Fields.at(job, "spec", "activeDeadlineSeconds");
    if (!seconds.isNumber() || suspended) {
      return null;
    }
    Instant start = Fields.moment(job, "status", "startTime").orElse(shared.now());
    return shared.until(start.plusSeconds(seconds.asLong()));
  }

  private boolean deadlinePassed(ObjectNode job, boolean suspended) {
    Duration left =
        Fields.moment(job, "status", "startTime").isEmpty() ? null : deadline(job, suspended);
    return left != null && left.isZero();
  }

  private void stopPods(Key key, ObjectNode job, List<ObjectNode> active) {
    for (ObjectNode pod : active) {
      pods.delete(key, job, pod);
    }
  }

  private void suspension(ObjectNode job, ObjectNode status, boolean suspended) {
    boolean was = Pods.isTrue(job, "Suspended");
    if (suspended && !was) {
      Conditions.set(
          status,
          shared.timestamp(),
          JobStatus.condition(
              "Suspended", "True", "JobSuspended", "Job suspended", shared.timestamp()));
      events.normal(job, "Suspended", "Job suspended");
    } else if (!suspended && was) {
      Conditions.set(
          status,
          shared.timestamp(),
          JobStatus.condition(
              "Suspended", "False", "JobResumed", "Job resumed", shared.timestamp()));
      status.put("startTime", shared.timestamp());
      events.normal(job, "Resumed", "Job resumed");
    }
  }

  /**
   * What came of starting and stopping pods.
   *
   * @param active how many run now
   * @param again when to look again, null for not by time
   */
  private record Managed(int active, Duration again) {}

  private Managed manage(Key key, ObjectNode job, JobState state) {
    int wanted = state.wanted();
    List<ObjectNode> active = state.active();
    if (active.size() > wanted) {
      List<ObjectNode> extra = new ArrayList<>(active);
      extra.sort(ReplicaSetController.LEAVES_FIRST);
      stopPods(key, job, extra.subList(0, active.size() - wanted));
      return new Managed(wanted, null);
    }
    int missing = wanted - active.size() - state.blockingReplacement();
    Duration pause = missing <= 0 ? Duration.ZERO : pause(state);
    if (missing <= 0 || !pause.isZero()) {
      return new Managed(active.size(), pause.isZero() ? null : pause);
    }
    List<Integer> indexes = state.indexed() ? state.freeIndexes(missing) : List.of();
    int count = state.indexed() ? indexes.size() : missing;
    for (int i = 0; i < count; i++) {
      pods.create(key, job, JobPods.make(job, state.indexed() ? indexes.get(i) : -1));
    }
    return new Managed(active.size() + count, null);
  }

  /** After failures the next pod waits: 10 s, 20 s, 40 s ... since the last one failed. */
  private Duration pause(JobState state) {
    int failures = state.recentFailures();
    Optional<Instant> last = state.lastFailure();
    if (failures == 0 || last.isEmpty()) {
      return Duration.ZERO;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 6));
    return shared.until(
        last.get().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
  }
}
