package dev.mlk.practice.controller;

import dev.mlk.kube.Controller;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes the tracking finalizer from pods whose job is gone or goes: nobody will count them. */
final class JobOrphans {
  private final Shared shared;
  private final JobTracking tracking;

  private JobOrphans(Shared shared, JobTracking tracking) {
    this.shared = shared;
    this.tracking = tracking;
  }

  static void start(Shared shared, JobTracking tracking) {
    var orphans = new JobOrphans(shared, tracking);
    Controller controller =
        shared.start("job-orphans", 2, List.of(Resources.JOBS, Resources.PODS), orphans::reconcile);
    shared
        .informer(Resources.PODS)
        .onChange(
            (change, _, now) -> {
              if (change != Informer.Change.DELETED
                  && Fields.hasFinalizer(now, JobTracking.FINALIZER)
                  && Fields.deleting(now)) {
                controller.enqueue(Key.of(now));
              }
            });
    shared
        .informer(Resources.JOBS)
        .onChange(
            (change, _, now) -> {
              if (change == Informer.Change.DELETED) {
                shared.podsOf(now).forEach(pod -> controller.enqueue(Key.of(pod)));
              }
            });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> pod = shared.informer(Resources.PODS).get(key.namespace(), key.name());
    if (pod.isPresent()
        && Fields.hasFinalizer(pod.get(), JobTracking.FINALIZER)
        && !jobLives(pod.get())) {
      tracking.letGo(new Key(key.namespace(), ""), pod.get());
    }
    return Optional.empty();
  }

  /** A job that is deleted in the foreground stays until its pods are gone, and counts no more. */
  private boolean jobLives(JsonNode pod) {
    Optional<JsonNode> owner = Owners.controllerOf(pod);
    if (owner.isEmpty()) {
      return false;
    }
    String uid = Fields.text(owner.get(), "uid");
    return shared
        .client()
        .find(Resources.JOBS, Fields.namespace(pod), Fields.text(owner.get(), "name"))
        .filter(job -> Fields.uid(job).equals(uid) && !Fields.deleting(job))
        .isPresent();
  }
}
