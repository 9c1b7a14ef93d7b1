package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Copies of all jobs and of their pods and services, kept current by watches. */
final class Caches implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Caches.class.getName());
  private static final String BY_OWNER = "owner";

  private final List<SharedIndexInformer<TfJob>> jobs = new ArrayList<>();
  private final List<SharedIndexInformer<Pod>> pods = new ArrayList<>();
  private final List<SharedIndexInformer<Service>> services = new ArrayList<>();
  private volatile boolean closed;

  /** Told of changes, on the informers' threads. */
  record Handlers(
      ResourceEventHandler<TfJob> jobs,
      ResourceEventHandler<Pod> pods,
      ResourceEventHandler<Service> services) {}

  /**
   * Copies that are filled once they are started.
   *
   * @param bookkeeping is told of pods as well
   */
  Caches(
      KubernetesClient client,
      Set<String> namespaces,
      Handlers handlers,
      ResourceEventHandler<Pod> bookkeeping) {
    if (namespaces.isEmpty()) {
      add(jobs, client.resources(TfJob.class).inAnyNamespace(), handlers.jobs());
      add(pods, ours(client.pods().inAnyNamespace()), handlers.pods());
      add(services, ours(client.services().inAnyNamespace()), handlers.services());
    }
    for (String namespace : namespaces) {
      add(jobs, client.resources(TfJob.class).inNamespace(namespace), handlers.jobs());
      add(pods, ours(client.pods().inNamespace(namespace)), handlers.pods());
      add(services, ours(client.services().inNamespace(namespace)), handlers.services());
    }
    pods.forEach(informer -> informer.addEventHandler(bookkeeping));
  }

  private static <T, L, R> io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable<T, L, R> ours(
      io.fabric8.kubernetes.client.dsl.Filterable<
              io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable<T, L, R>>
          all) {
    return all.withLabel(JobLabels.OPERATOR_NAME, JobLabels.OPERATOR);
  }

  private <T extends HasMetadata> void add(
      List<SharedIndexInformer<T>> informers,
      Informable<T> source,
      ResourceEventHandler<T> handler) {
    informers.add(
        source
            .runnableInformer(0)
            .itemStore(new LeanStore<>())
            .addIndexers(Map.of(BY_OWNER, Caches::owner))
            .addEventHandler(handler)
            .exceptionHandler((_, error) -> retry(error)));
  }

  /** An API server that is away, or has no such resource yet, comes back. */
  private boolean retry(Throwable error) {
    if (!closed) {
      LOG.log(System.Logger.Level.DEBUG, "watch interrupted, trying again", error);
    }
    return !closed;
  }

  void start() {
    jobs.forEach(SharedIndexInformer::start);
    pods.forEach(SharedIndexInformer::start);
    services.forEach(SharedIndexInformer::start);
  }

  /** Whether everything has been listed once. */
  boolean synced() {
    return jobs.stream().allMatch(SharedIndexInformer::hasSynced)
        && pods.stream().allMatch(SharedIndexInformer::hasSynced)
        && services.stream().allMatch(SharedIndexInformer::hasSynced);
  }

  List<JobKey> allJobs() {
    return jobs.stream().flatMap(i -> i.getStore().list().stream()).map(JobKey::of).toList();
  }

  List<Pod> allPods() {
    return pods.stream().flatMap(i -> i.getStore().list().stream()).toList();
  }

  Optional<TfJob> job(JobKey key) {
    String name = key.namespace() + "/" + key.name();
    for (SharedIndexInformer<TfJob> informer : jobs) {
      TfJob job = informer.getStore().getByKey(name);
      if (job != null) {
        return Optional.of(job);
      }
    }
    return Optional.empty();
  }

  Observation observe(TfJob job, Instant now) {
    String uid = job.getMetadata().getUid();
    return Observation.of(job, of(pods, uid), of(services, uid), now);
  }

  private static <T> List<T> of(List<SharedIndexInformer<T>> informers, String owner) {
    return informers.stream()
        .flatMap(i -> i.getIndexer().byIndex(BY_OWNER, owner).stream())
        .toList();
  }

  private static List<String> owner(HasMetadata child) {
    return child.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid).toList();
  }

  @Override
  public void close() {
    closed = true;
    jobs.forEach(SharedIndexInformer::stop);
    pods.forEach(SharedIndexInformer::stop);
    services.forEach(SharedIndexInformer::stop);
  }
}
