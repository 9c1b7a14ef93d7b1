package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.ledger.LedgerKeeper;
import dev.mlk.tfjob.ledger.People;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The operator: looks after the TFJobs of a cluster until it is closed. It keeps no state outside
 * the cluster; it waits for an API server that is away, and for the resource to be defined.
 */
public final class TfJobOperator implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TfJobOperator.class.getName());

  private final WorkQueue queue = new WorkQueue();
  private final Expectations expectations = new Expectations();
  private final EventRecorder events;
  private final Caches caches;
  private final Reconciler reconciler;
  private final Leadership leadership;
  private final LedgerKeeper ledger;
  private final List<Thread> workers = new ArrayList<>();

  private TfJobOperator(KubernetesClient client, OperatorConfig config, Clock clock) {
    events = new EventRecorder(client, clock);
    ledger = new LedgerKeeper(client, new LedgerSight(config.namespaces()), clock);
    caches =
        new Caches(
            client,
            config.namespaces(),
            new Changes(queue, expectations).handlers(),
            ledger.handler());
    reconciler =
        new Reconciler(
            client,
            caches,
            queue,
            expectations,
            events,
            new Planner.Settings(config.clusterDomain(), config.cleanPodPolicy()),
            clock);
    leadership = new Leadership(client, config.lease(), () -> caches.allJobs().forEach(queue::add));
    for (int i = 0; i < config.workers(); i++) {
      workers.add(Thread.ofPlatform().daemon().name("tfjob-worker-" + i).unstarted(this::work));
    }
  }

  /**
   * Starts an operator; it works on threads of its own.
   *
   * @param client stays the caller's: it must live longer than the operator, and be closed after it
   * @param clock tells the time of deadlines and statuses
   */
  public static TfJobOperator start(KubernetesClient client, OperatorConfig config, Clock clock) {
    TfJobOperator operator = new TfJobOperator(client, config, clock);
    operator.caches.start();
    operator.leadership.start();
    operator.ledger.start();
    operator.workers.forEach(Thread::start);
    return operator;
  }

  /** Whether the operator has seen all jobs, pods and services that were there when it started. */
  public boolean ready() {
    return caches.synced();
  }

  /** What the ledger is told. */
  private final class LedgerSight implements LedgerKeeper.Sight {
    private final Set<String> namespaces;

    private LedgerSight(Set<String> namespaces) {
      this.namespaces = namespaces;
    }

    @Override
    public boolean ready() {
      return leadership.leads() && caches.synced();
    }

    @Override
    public Set<String> namespaces() {
      return namespaces;
    }

    @Override
    public Collection<Pod> pods() {
      return caches.allPods();
    }

    @Override
    public LedgerKeeper.JobFacts job(String namespace, String job) {
      return caches
          .job(new JobKey(namespace, job))
          .map(
              found ->
                  new LedgerKeeper.JobFacts(
                      People.named(
                          PodView.labels(found.getMetadata().getLabels()),
                          PodView.labels(found.getMetadata().getAnnotations())),
                      Job.of(found).suspended()))
          .orElse(LedgerKeeper.JobFacts.NONE);
    }
  }

  private void work() {
    try {
      while (true) {
        JobKey key = queue.take();
        try {
          if (leadership.leads()) {
            reconcile(key);
          }
        } finally {
          queue.done(key);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reconcile(JobKey key) {
    try {
      if (caches.synced()) {
        reconciler.reconcile(key);
      } else {
        // No failure: a pause that grows would go on long after the last list has come.
        queue.soon(key);
      }
    } catch (KubernetesClientException e) {
      LOG.log(System.Logger.Level.DEBUG, "trying again: {0}", e.getMessage());
      queue.retry(key);
    } catch (RuntimeException e) {
      // One job must not end the work on all others.
      LOG.log(System.Logger.Level.ERROR, "cannot look after " + key, e);
      queue.retry(key);
    }
  }

  /** Stops working; what runs in the cluster goes on. */
  @Override
  public void close() {
    leadership.close();
    ledger.close();
    queue.close();
    workers.forEach(Thread::interrupt);
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    caches.close();
    events.close();
  }
}
