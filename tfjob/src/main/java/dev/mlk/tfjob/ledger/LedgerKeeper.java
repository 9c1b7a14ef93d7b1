package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the ledger beside the operator's work; nothing waits for it, and no deletion is held up. A
 * pod is written down when it is seen first and when it has its node, as one that has not ended, so
 * that an operator that starts again knows what has gone meanwhile.
 */
public final class LedgerKeeper implements AutoCloseable {
  /** How often it says that it has watched; what vanishes without it is counted to there. */
  private static final Duration BEAT = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration UNREADY = Duration.ofMillis(100);
  private static final System.Logger LOG = System.getLogger(LedgerKeeper.class.getName());

  /** What the operator knows. */
  public interface Sight {
    /** Whether this operator acts, and has seen everything once. */
    boolean ready();

    /** Where it looks after jobs; empty: everywhere. */
    Set<String> namespaces();

    /** All pods of jobs. */
    Collection<Pod> pods();

    /**
     * The labels of a job, and whether it is suspended.
     *
     * @param job its name
     */
    JobFacts job(String namespace, String job);
  }

  /**
   * What of a job is written down with its pods.
   *
   * @param labels its labels, and whom its annotations name
   * @param suspended whether it is suspended
   */
  public record JobFacts(Map<String, String> labels, boolean suspended) {
    /** Nothing is known. */
    public static final JobFacts NONE = new JobFacts(Map.of(), false);
  }

  /**
   * A pod was seen.
   *
   * @param gone whether it is no more
   * @param missed whether it went while nobody looked
   */
  record Change(Pod pod, boolean gone, boolean missed, Instant at) {}

  private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
  private final Sight sight;
  private final Clock clock;
  private final Accounts accounts;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean reviewed;

  /** A keeper; it works once it is started. */
  public LedgerKeeper(KubernetesClient client, Sight sight, Clock clock) {
    this.sight = sight;
    this.clock = clock;
    this.accounts = new Accounts(client, sight, clock);
    this.thread = Thread.ofPlatform().daemon().name("tfjob-ledger").unstarted(this::keep);
  }

  /** To be told of every pod of a job. */
  public ResourceEventHandler<Pod> handler() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(Pod pod) {
        changes.add(new Change(pod, false, false, clock.instant()));
      }

      @Override
      public void onUpdate(Pod before, Pod now) {
        changes.add(new Change(now, false, false, clock.instant()));
      }

      @Override
      public void onDelete(Pod pod, boolean unknown) {
        changes.add(new Change(pod, true, unknown, clock.instant()));
      }
    };
  }

  /** Begins to work, on a thread of its own. */
  public void start() {
    thread.start();
  }

  private void keep() {
    List<Change> waiting = new ArrayList<>();
    try {
      while (!closed.await(round(waiting).toMillis(), TimeUnit.MILLISECONDS)) {
        Change first = changes.poll(reviewed ? BEAT.toMillis() / 2 : 0, TimeUnit.MILLISECONDS);
        if (first != null) {
          waiting.add(first);
          changes.drainTo(waiting);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes down what waits; returns how long to pause before the next look. */
  private Duration round(List<Change> waiting) {
    if (!sight.ready()) {
      // Somebody else writes, or not all is seen: who comes to act begins with everything.
      waiting.clear();
      reviewed = false;
      return UNREADY;
    }
    try {
      if (!reviewed) {
        accounts.load();
      }
      accounts.write(waiting);
      waiting.clear();
      if (!reviewed) {
        accounts.review();
        reviewed = true;
      }
      accounts.beat(BEAT);
      return Duration.ZERO;
    } catch (KubernetesClientException e) {
      LOG.log(System.Logger.Level.DEBUG, "the ledger is tried again: {0}", e.getMessage());
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        // Somebody would have to grant the right first.
        reviewed = false;
        return BEAT;
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "cannot write the ledger", e);
    }
    reviewed = false;
    return PAUSE;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
