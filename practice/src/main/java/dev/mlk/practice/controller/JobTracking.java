package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts each finished pod exactly once, whatever crashes when: its uid is written into the job's
 * status, then its finalizer is removed, then the uid becomes a count.
 */
final class JobTracking {
  static final String FINALIZER = "batch.kubernetes.io/job-tracking";
  private final Shared shared;
  private final Map<Key, Long> jobWritten = new ConcurrentHashMap<>();
  private final Map<Key, Long> podWritten = new ConcurrentHashMap<>();

  JobTracking(Shared shared) {
    this.shared = shared;
  }

  /** Whether the informers show what was last written; if not, an event will follow. */
  boolean seesOwnWrites(Key job) {
    return shown(jobWritten, job, shared.informer(Resources.JOBS).resourceVersion())
        && shown(podWritten, job, shared.informer(Resources.PODS).resourceVersion());
  }

  private static boolean shown(Map<Key, Long> written, Key job, long seen) {
    Long version = written.get(job);
    if (version != null && seen < version) {
      return false;
    }
    written.remove(job);
    return true;
  }

  void forget(Key job) {
    jobWritten.remove(job);
    podWritten.remove(job);
  }

  /** Counts what has finished; returns the job as it is now stored, its status counted. */
  ObjectNode count(ObjectNode job, ObjectNode changed, JobState state) {
    Key key = Key.of(job);
    ObjectNode status = Fields.object(changed, "status");
    ObjectNode uncounted = Fields.object(status, "uncountedTerminatedPods");
    if (state.indexed()) {
      Counts.put(status, "succeeded", state.succeeded());
    }
    if (!state.newlySucceeded().isEmpty() || !state.newlyFailed().isEmpty()) {
      note(uncounted, "succeeded", state.newlySucceeded());
      note(uncounted, "failed", state.newlyFailed());
      changed.set("metadata", write(job, changed).path("metadata"));
    }
    state.newlySucceeded().forEach(pod -> letGo(key, pod));
    state.newlyFailed().forEach(pod -> letGo(key, pod));
    state.ignored().forEach(pod -> letGo(key, pod));
    // A crash may have left uids whose pods still carry the finalizer.
    for (ObjectNode pod : shared.podsOf(job)) {
      if (listed(uncounted, Fields.uid(pod))) {
        letGo(key, pod);
      }
    }
    int succeeded = uncounted.path("succeeded").size();
    int failed = uncounted.path("failed").size();
    Counts.put(
        status,
        "succeeded",
        state.indexed() ? state.succeeded() : Fields.number(status, 0, "succeeded") + succeeded);
    Counts.put(status, "failed", Fields.number(status, 0, "failed") + failed);
    status.putObject("uncountedTerminatedPods");
    return changed;
  }

  private static boolean listed(JsonNode uncounted, String uid) {
    for (String list : List.of("succeeded", "failed")) {
      for (JsonNode one : uncounted.path(list)) {
        if (one.asString("").equals(uid)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void note(ObjectNode uncounted, String list, List<ObjectNode> pods) {
    if (pods.isEmpty()) {
      return;
    }
    ArrayNode uids =
        uncounted.get(list) instanceof ArrayNode there ? there : uncounted.putArray(list);
    pods.forEach(pod -> uids.add(Fields.uid(pod)));
  }

  /** Lets a pod go that no job counts any more. */
  void letGo(Key job, JsonNode pod) {
    if (!Fields.hasFinalizer(pod, FINALIZER)) {
      return;
    }
    ObjectNode patch = Fields.newObject();
    ObjectNode metadata = patch.putObject("metadata").put("uid", Fields.uid(pod));
    metadata.putArray("$deleteFromPrimitiveList/finalizers").add(FINALIZER);
    try {
      ObjectNode now =
          shared
              .client()
              .patch(
                  Resources.PODS.path(Fields.namespace(pod), Fields.name(pod)),
                  ApiClient.PatchType.STRATEGIC,
                  patch);
      podWritten.merge(job, Fields.version(now), Math::max);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  /** Writes the status if it differs from the job's. */
  ObjectNode write(ObjectNode job, ObjectNode changed) {
    if (changed.path("status").equals(job.path("status"))) {
      return job;
    }
    ObjectNode stored = shared.client().updateStatus(Resources.JOBS, changed);
    jobWritten.merge(Key.of(job), Fields.version(stored), Math::max);
    return stored;
  }
}
