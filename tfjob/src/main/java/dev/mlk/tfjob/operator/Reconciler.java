package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobReasons;
import dev.mlk.tfjob.api.TfJob;
import dev.mlk.tfjob.api.TfJobStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Looks at one job and makes what its plan says come true. */
final class Reconciler {
  private final KubernetesClient client;
  private final Caches caches;
  private final WorkQueue queue;
  private final Expectations expectations;
  private final EventRecorder events;
  private final Planner.Settings settings;
  private final Clock clock;

  Reconciler(
      KubernetesClient client,
      Caches caches,
      WorkQueue queue,
      Expectations expectations,
      EventRecorder events,
      Planner.Settings settings,
      Clock clock) {
    this.client = client;
    this.caches = caches;
    this.queue = queue;
    this.expectations = expectations;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One pass over a job.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer: try later
   */
  void reconcile(JobKey key) {
    Optional<TfJob> cached = caches.job(key);
    if (cached.isEmpty()) {
      expectations.forget(key);
      queue.forget(key);
      return;
    }
    TfJob job = cached.get();
    Instant now = clock.instant();
    Optional<Duration> wait = expectations.wait(key, job.getMetadata().getResourceVersion(), now);
    if (wait.isPresent()) {
      queue.addAfter(key, wait.get());
      return;
    }
    Plan plan = Planner.plan(caches.observe(job, now), settings);
    if (plan.status().isPresent() && !write(key, job, plan.status().get())) {
      return;
    }
    plan.notes().forEach(note -> events.tell(job, note));
    boolean allDone = true;
    for (Action action : plan.actions()) {
      allDone &= perform(key, job, action);
    }
    if (!allDone) {
      queue.retry(key);
      return;
    }
    queue.succeeded(key);
    plan.again().ifPresent(pause -> queue.addAfter(key, pause));
  }

  /** Writes the status; false: the job has changed or gone meanwhile, which will be told. */
  private boolean write(JobKey key, TfJob job, TfJobStatus status) {
    TfJob changed = new TfJob();
    changed.setMetadata(job.getMetadata());
    changed.setSpec(job.getSpec());
    changed.setStatus(status);
    String version = job.getMetadata().getResourceVersion();
    expectations.expectNewerThan(key, version, clock.instant());
    try {
      TfJob written =
          client
              .resources(TfJob.class)
              .inNamespace(key.namespace())
              .resource(changed)
              .updateStatus();
      if (version.equals(written.getMetadata().getResourceVersion())) {
        // A definition without our own members drops them: nothing new, and nothing to wait for.
        expectations.forget(key);
      }
      return true;
    } catch (KubernetesClientException e) {
      expectations.forget(key);
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        queue.retry(key);
        return false;
      }
      throw e;
    }
  }

  private boolean perform(JobKey key, TfJob job, Action action) {
    return switch (action) {
      case Action.CreatePod(var pod) -> create(key, job, pod, Words.POD);
      case Action.CreateService(var service) -> create(key, job, service, Words.SERVICE);
      case Action.DeletePod(var pod) -> delete(key, job, pod, Words.POD);
      case Action.DeleteService(var service) -> delete(key, job, service, Words.SERVICE);
      case Action.DeleteJob _ -> delete(key, job, job, Words.JOB);
    };
  }

  /** How a kind is called in paths and events. */
  private record Words(
      String kind,
      String path,
      String created,
      String createFailed,
      String deleted,
      String deleteFailed) {
    private static final Words POD =
        new Words(
            "pod",
            "/api/v1/namespaces/%/pods/",
            JobReasons.POD_CREATED,
            JobReasons.POD_CREATE_FAILED,
            JobReasons.POD_DELETED,
            JobReasons.POD_DELETE_FAILED);
    private static final Words SERVICE =
        new Words(
            "service",
            "/api/v1/namespaces/%/services/",
            JobReasons.SERVICE_CREATED,
            JobReasons.SERVICE_CREATE_FAILED,
            JobReasons.SERVICE_DELETED,
            JobReasons.SERVICE_DELETE_FAILED);
    private static final Words JOB =
        new Words(
            "job",
            "/apis/" + TfJob.API_VERSION + "/namespaces/%/" + TfJob.PLURAL + "/",
            "",
            "",
            JobReasons.JOB_DELETED,
            JobReasons.JOB_DELETE_FAILED);

    private String uri(HasMetadata object) {
      return path.replace("%", object.getMetadata().getNamespace())
          + object.getMetadata().getName();
    }
  }

  private boolean create(JobKey key, TfJob job, HasMetadata child, Words words) {
    String name = child.getMetadata().getName();
    String change = Expectations.appears(words.kind(), name);
    expectations.expect(key, change, clock.instant());
    try {
      client.resource(child).create();
      events.tell(job, Note.normal(words.created(), "Created " + words.kind() + ": " + name));
      return true;
    } catch (KubernetesClientException e) {
      expectations.met(key, change);
      events.tell(job, Note.warning(words.createFailed(), "Error creating: " + message(e)));
      return false;
    }
  }

  private boolean delete(JobKey key, TfJob job, HasMetadata object, Words words) {
    String change = Expectations.goes(object.getMetadata().getUid());
    expectations.expect(key, change, clock.instant());
    try {
      client.raw(words.uri(object), "DELETE", options(object));
      events.tell(
          job,
          Note.normal(
              words.deleted(), "Deleted " + words.kind() + ": " + object.getMetadata().getName()));
      return true;
    } catch (KubernetesClientException e) {
      expectations.met(key, change);
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
          || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return true;
      }
      events.tell(job, Note.warning(words.deleteFailed(), "Error deleting: " + message(e)));
      return false;
    }
  }

  private static Map<String, Object> options(HasMetadata object) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "DeleteOptions",
        "propagationPolicy",
        "Background",
        "preconditions",
        Map.of("uid", object.getMetadata().getUid()));
  }

  private static String message(KubernetesClientException e) {
    return e.getStatus() == null || e.getStatus().getMessage() == null
        ? String.valueOf(e.getMessage())
        : e.getStatus().getMessage();
  }
}
