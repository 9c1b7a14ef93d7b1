package dev.mlk.sweep.run;

import dev.mlk.job.Job;
import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Scope;
import dev.mlk.sweep.store.SweepStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The jobs and pods of a sweep, kept current by two watches however many trials there are. */
final class SweepWatch implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Informers informers;
  private final Informer jobs;
  private final Informer pods;
  private final String namespace;
  private long changes;

  SweepWatch(ApiClient api, String namespace, String sweep) throws InterruptedException {
    this.namespace = namespace;
    Scope scope = new Scope(namespace, SweepStore.LABEL + "=" + sweep, "");
    // A watch would ask for ever for what is not allowed; a plain question is refused at once.
    api.list(Resources.TFJOBS, namespace, Map.of("labelSelector", scope.labels(), "limit", "1"));
    this.informers = new Informers(api);
    this.jobs = informers.on(Resources.TFJOBS, scope);
    this.pods = informers.on(Resources.PODS, scope);
    jobs.onChange((change, before, now) -> signal());
    pods.onChange((change, before, now) -> signal());
    jobs.awaitSynced();
    pods.awaitSynced();
  }

  private void signal() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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

  /** A number that rises with each change. */
  long version() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a change after the given version, but no longer than this. */
  void awaitChange(long after, Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (changes == after && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets more changes come. */
  void settle(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    informers.close();
  }
}
