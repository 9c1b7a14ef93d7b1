package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ReplicaStatus;
import dev.mlk.tfjob.api.TfJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The limits of a job that has not ended, and the time left to one that has. */
final class Limits {
  private final Job job;
  private final Seen seen;
  private final Instant start;
  private final Instant now;

  Limits(Job job, Seen seen, String startTime, Instant now) {
    this.job = job;
    this.seen = seen;
    this.start = Instant.parse(startTime);
    this.now = now;
  }

  /** Why the job has to fail, if it has. */
  Optional<String> exceeded() {
    if (tooManyRestarts()) {
      return Optional.of(
          "Job " + job.name() + " has failed because it has reached the specified backoff limit");
    }
    if (untilDeadline().filter(left -> !left.isPositive()).isPresent()) {
      return Optional.of(
          "Job " + job.name() + " has failed because it was active longer than specified deadline");
    }
    return Optional.empty();
  }

  /** How long the job may still be active; not positive when its time is over. */
  Optional<Duration> untilDeadline() {
    Long seconds = job.runPolicy().activeDeadlineSeconds();
    return seconds == null
        ? Optional.empty()
        : Optional.of(Duration.between(now, start.plusSeconds(seconds)));
  }

  /** How long an ended job is still kept; empty for ever. */
  static Optional<Duration> untilExpiry(Job job, TfJobStatus status, Instant now) {
    Integer seconds = job.runPolicy().ttlSecondsAfterFinished();
    if (seconds == null || status.completionTime() == null) {
      return Optional.empty();
    }
    Instant end = Instant.parse(status.completionTime());
    return Optional.of(Duration.between(now, end.plusSeconds(seconds)));
  }

  /**
   * Restarts by the kubelet count when they reach the limit; pods that the operator replaced count
   * when one more would pass it.
   */
  private boolean tooManyRestarts() {
    Integer limit = job.runPolicy().backoffLimit();
    if (limit == null) {
      return false;
    }
    int inPlace = 0;
    int replaced = 0;
    int failed = 0;
    for (ReplicaGroup group : job.groups()) {
      if (group.restartPolicy() != RestartPolicy.NEVER) {
        for (PodView pod : seen.of(group)) {
          inPlace += pod.running() ? pod.restarts() : 0;
        }
      }
      replaced += replacedBefore(group);
      failed += seen.failed(group);
    }
    boolean inPlaceTooMany = limit == 0 ? inPlace > 0 : inPlace >= limit;
    return inPlaceTooMany || (failed > 0 && replaced + failed > limit);
  }

  private int replacedBefore(ReplicaGroup group) {
    if (job.status().replicaStatuses() == null) {
      return 0;
    }
    ReplicaStatus before = job.status().replicaStatuses().get(group.key());
    return before == null ? 0 : before.restartCount();
  }
}
