package dev.mlk.tfjob.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Whether this operator is the one that acts: always, or while it holds a lease. */
final class Leadership implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RENEW = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Optional<OperatorConfig.Lease> lease;
  private final Runnable whenLeading;
  private volatile boolean leads;
  private volatile boolean closed;
  private volatile CompletableFuture<?> election = CompletableFuture.completedFuture(null);

  Leadership(KubernetesClient client, Optional<OperatorConfig.Lease> lease, Runnable whenLeading) {
    this.client = client;
    this.lease = lease;
    this.whenLeading = whenLeading;
    this.leads = lease.isEmpty();
  }

  boolean leads() {
    return leads;
  }

  void start() {
    lease.ifPresent(this::elect);
  }

  private void elect(OperatorConfig.Lease wanted) {
    election =
        client
            .leaderElector()
            .withConfig(
                new LeaderElectionConfigBuilder()
                    .withName(wanted.name())
                    .withLock(new LeaseLock(wanted.namespace(), wanted.name(), wanted.identity()))
                    .withLeaseDuration(LEASE)
                    .withRenewDeadline(RENEW)
                    .withRetryPeriod(RETRY)
                    .withReleaseOnCancel(true)
                    .withLeaderCallbacks(new LeaderCallbacks(this::lead, this::follow, _ -> {}))
                    .build())
            .build()
            .start();
    CompletableFuture<?> started = election;
    // An election ends when the lease is lost: stand again.
    CompletableFuture<?> _ =
        started.whenComplete(
            (_, _) -> {
              if (!closed) {
                elect(wanted);
              }
            });
  }

  private void lead() {
    leads = true;
    whenLeading.run();
  }

  private void follow() {
    leads = false;
  }

  @Override
  public void close() {
    closed = true;
    election.cancel(true);
  }
}
