package dev.mlk.sweep.run;

import dev.mlk.job.Changes;
import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Scope;
import dev.mlk.sweep.store.SweepStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jobs and pods of a sweep, kept current by two watches however many trials there are. */
final class SweepWatch implements AutoCloseable {
  private final Changes changes = new Changes();
  private final Informers informers;
  private final Informer jobs;
  private final Informer pods;
  private final String namespace;

  SweepWatch(ApiClient api, String namespace, String sweep) throws InterruptedException {
    this.namespace = namespace;
    Scope scope = new Scope(namespace, SweepStore.LABEL + "=" + sweep, "");
    // A watch would ask for ever for what is not allowed; a plain question is refused at once.
    api.list(Resources.TFJOBS, namespace, Map.of("labelSelector", scope.labels(), "limit", "1"));
    this.informers = new Informers(api, CommandThreads.factory());
    this.jobs = informers.on(Resources.TFJOBS, scope);
    this.pods = informers.on(Resources.PODS, scope);
    jobs.onChange((change, before, now) -> changes.signal());
    pods.onChange((change, before, now) -> changes.signal());
    jobs.awaitSynced();
    pods.awaitSynced();
  }

  /** The jobs by name. */
  Map<String, Job> jobs() {
    Map<String, Job> all = new HashMap<>();
    for (var object : jobs.in(namespace)) {
      Job job = new Job(object);
      if (!object.path("metadata").has("deletionTimestamp")) {
        all.put(job.name(), job);
      }
    }
    return all;
  }

  /** The pods by the name of their job. */
  Map<String, List<Replica>> replicas() {
    Map<String, List<Replica>> all = new HashMap<>();
    for (var pod : pods.in(namespace)) {
      String job = pod.path("metadata").path("labels").path(Job.JOB_LABEL).asString("");
      all.computeIfAbsent(job, _ -> new ArrayList<>()).add(new Replica(pod));
    }
    return all;
  }

  /** The news of both. */
  Changes changes() {
    return changes;
  }

  @Override
  public void close() {
    informers.close();
  }
}
