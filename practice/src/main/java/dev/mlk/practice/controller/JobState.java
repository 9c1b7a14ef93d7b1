package dev.mlk.practice.controller;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a job's pods and its status together say: how many succeeded, failed, are running. Pure. */
final class JobState {
  /** How a job ends. */
  record End(boolean success, String reason, String message) {}

  private final ObjectNode job;
  private final List<ObjectNode> active = new ArrayList<>();
  private final List<ObjectNode> newlySucceeded = new ArrayList<>();
  private final List<ObjectNode> newlyFailed = new ArrayList<>();
  private final List<ObjectNode> succeededPods = new ArrayList<>();
  private final List<ObjectNode> failedPods = new ArrayList<>();
  private final List<ObjectNode> ignored = new ArrayList<>();
  private final Set<Integer> completed;
  private final Set<Integer> failedIndexes;
  private final FailurePolicy policy;
  private int ready;
  private int terminating;
  private int restarts;
  private End failJob;

  private JobState(ObjectNode job) {
    this.job = job;
    policy = new FailurePolicy(job);
    completed = Indexes.parse(Fields.text(job, "status", "completedIndexes"));
    failedIndexes = Indexes.parse(Fields.text(job, "status", "failedIndexes"));
  }

  static JobState of(ObjectNode job, Collection<ObjectNode> pods) {
    JobState state = new JobState(job);
    Set<String> counted = new HashSet<>();
    JsonNode uncounted = Fields.at(job, "status", "uncountedTerminatedPods");
    uncounted.path("succeeded").forEach(uid -> counted.add(uid.asString("")));
    uncounted.path("failed").forEach(uid -> counted.add(uid.asString("")));
    for (ObjectNode pod : pods) {
      state.look(pod, counted.contains(Fields.uid(pod)));
    }
    return state;
  }

  private void look(ObjectNode pod, boolean counted) {
    boolean tracked = Fields.hasFinalizer(pod, JobTracking.FINALIZER) && !counted;
    if (Pods.active(pod)) {
      active.add(pod);
      ready += Pods.ready(pod) ? 1 : 0;
      restarts += restarts(pod);
      return;
    }
    switch (Pods.phase(pod)) {
      case "Succeeded" -> succeededPods.add(pod);
      case "Failed" -> failedPods.add(pod);
      default -> terminating++;
    }
    if (!tracked) {
      return;
    }
    if (Pods.phase(pod).equals("Succeeded")) {
      newlySucceeded.add(pod);
      JobPods.index(pod)
          .filter(index -> indexed() && index < completions())
          .ifPresent(completed::add);
    } else if (failed(pod)) {
      judge(pod);
    }
  }

  private boolean failed(ObjectNode pod) {
    if (Pods.phase(pod).equals("Failed")) {
      return true;
    }
    // A pod that is being deleted will not succeed; strict jobs wait for its end.
    return Fields.deleting(pod) && !replacesOnlyFailed();
  }

  private void judge(ObjectNode pod) {
    boolean wanted = Fields.at(job, "spec", "suspend").asBoolean(false) || succeededAlready();
    if (wanted && Fields.deleting(pod)) {
      ignored.add(pod);
      return;
    }
    FailurePolicy.Judgement judgement = policy.judge(pod);
    switch (judgement.action()) {
      case "FailJob" -> {
        failJob = new End(false, "PodFailurePolicy", judgement.message());
        newlyFailed.add(pod);
      }
      case "Ignore" -> ignored.add(pod);
      case "FailIndex" -> {
        newlyFailed.add(pod);
        JobPods.index(pod).ifPresent(failedIndexes::add);
      }
      default -> {
        newlyFailed.add(pod);
        JobPods.index(pod).filter(this::usedUp).ifPresent(failedIndexes::add);
      }
    }
  }

  private boolean succeededAlready() {
    return Pods.isTrue(job, "SuccessCriteriaMet");
  }

  /** Whether the index has failed as often as its own limit allows; only the last pod is known. */
  private boolean usedUp(int index) {
    JsonNode limit = Fields.at(job, "spec", "backoffLimitPerIndex");
    return limit.isNumber() && failuresOf(index) > limit.asInt();
  }

  private long failuresOf(int index) {
    return newlyFailed.stream().filter(pod -> JobPods.index(pod).orElse(-1) == index).count();
  }

  private static int restarts(JsonNode pod) {
    int sum = 0;
    for (String kind : new String[] {"containerStatuses", "initContainerStatuses"}) {
      for (JsonNode container : Fields.at(pod, "status", kind)) {
        sum += container.path("restartCount").asInt(0);
      }
    }
    return sum;
  }

  boolean replacesOnlyFailed() {
    return Fields.text(job, "spec", "podReplacementPolicy").equals("Failed");
  }

  boolean indexed() {
    return Fields.text(job, "spec", "completionMode").equals("Indexed");
  }

  private int completions() {
    return Fields.number(job, -1, "spec", "completions");
  }

  List<ObjectNode> active() {
    return active;
  }

  List<ObjectNode> newlySucceeded() {
    return newlySucceeded;
  }

  List<ObjectNode> newlyFailed() {
    return newlyFailed;
  }

  /** Finished pods that count for nothing. */
  List<ObjectNode> ignored() {
    return ignored;
  }

  int ready() {
    return ready;
  }

  int terminating() {
    return terminating;
  }

  Set<Integer> completedIndexes() {
    return completed;
  }

  Set<Integer> failedIndexes() {
    return failedIndexes;
  }

  int succeeded() {
    return indexed()
        ? completed.size()
        : Fields.number(job, 0, "status", "succeeded")
            + Fields.at(job, "status", "uncountedTerminatedPods", "succeeded").size()
            + newlySucceeded.size();
  }

  int failed() {
    return Fields.number(job, 0, "status", "failed")
        + Fields.at(job, "status", "uncountedTerminatedPods", "failed").size()
        + newlyFailed.size();
  }

  /** Pods on their way out whose places are not free yet. */
  int blockingReplacement() {
    return replacesOnlyFailed() ? terminating : 0;
  }

  /** How many pods should be running. */
  int wanted() {
    int parallelism = Fields.number(job, 1, "spec", "parallelism");
    if (completions() < 0) {
      // Once one of a work queue's pods has succeeded no more are started.
      return succeeded() > 0 ? Math.min(active.size(), parallelism) : parallelism;
    }
    int left = completions() - succeeded() - (indexed() ? failedIndexes.size() : 0);
    return Math.min(parallelism, Math.max(0, left));
  }

  List<Integer> freeIndexes(int count) {
    Set<Integer> taken = new HashSet<>(completed);
    taken.addAll(failedIndexes);
    active.forEach(pod -> JobPods.index(pod).ifPresent(taken::add));
    List<Integer> free = new ArrayList<>();
    for (int index = 0; index < completions() && free.size() < count; index++) {
      if (!taken.contains(index)) {
        free.add(index);
      }
    }
    return free;
  }

  /** How many pods have failed since the last one succeeded, for the pause before the next. */
  int recentFailures() {
    Optional<Instant> success = last(succeededPods);
    return (int)
        failedPods.stream()
            .filter(pod -> success.isEmpty() || ended(pod).isAfter(success.get()))
            .count();
  }

  Optional<Instant> lastFailure() {
    return last(failedPods);
  }

  private static Optional<Instant> last(List<ObjectNode> pods) {
    return pods.stream().map(JobState::ended).max(Comparator.naturalOrder());
  }

  private static Instant ended(JsonNode pod) {
    return Instant.parse(JobPods.endedAt(pod));
  }

  /** Whether the job is over, and how. */
  Optional<End> end(boolean deadlinePassed) {
    Optional<JsonNode> announced =
        Pods.condition(job, "FailureTarget").or(() -> Pods.condition(job, "SuccessCriteriaMet"));
    if (announced.isPresent()) {
      JsonNode known = announced.get();
      return Optional.of(
          new End(
              Fields.text(known, "type").equals("SuccessCriteriaMet"),
              Fields.text(known, "reason"),
              Fields.text(known, "message")));
    }
    if (failJob != null) {
      return Optional.of(failJob);
    }
    if (tooManyFailures()) {
      return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    if (deadlinePassed) {
      return failure("DeadlineExceeded", "Job was active longer than specified deadline");
    }
    return indexed() && !failedIndexes.isEmpty() ? endWithFailedIndexes() : completion();
  }

  private static Optional<End> failure(String reason, String message) {
    return Optional.of(new End(false, reason, message));
  }

  private boolean tooManyFailures() {
    int limit = Fields.number(job, 6, "spec", "backoffLimit");
    boolean restartsCount =
        Fields.text(job, "spec", "template", "spec", "restartPolicy").equals("OnFailure");
    if (restartsCount && restarts > 0 && restarts >= limit) {
      return true;
    }
    return failed() > limit;
  }

  private Optional<End> endWithFailedIndexes() {
    JsonNode most = Fields.at(job, "spec", "maxFailedIndexes");
    if (most.isNumber() && failedIndexes.size() > most.asInt()) {
      return failure(
          "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes");
    }
    return completed.size() + failedIndexes.size() >= completions()
        ? failure("FailedIndexes", "Job has failed indexes")
        : Optional.empty();
  }

  private Optional<End> completion() {
    boolean enough =
        completions() < 0 ? succeeded() > 0 && active.isEmpty() : succeeded() >= completions();
    return enough
        ? Optional.of(
            new End(true, "CompletionsReached", "Reached expected number of succeeded pods"))
        : Optional.empty();
  }
}
