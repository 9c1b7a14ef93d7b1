package dev.mlk.tfjob.operator;

import java.util.Optional;
import java.util.Set;

/**
 * How an operator works.
 *
 * @param namespaces where it looks after jobs; empty: everywhere
 * @param clusterDomain appended to the names in TF_CONFIG, such as {@code cluster.local}; may be
 *     empty
 * @param cleanPodPolicy for jobs that name none
 * @param workers jobs looked after at the same time
 * @param lease the lease that makes sure only one of several operators acts; empty: no election
 */
public record OperatorConfig(
    Set<String> namespaces,
    String clusterDomain,
    CleanPodPolicy cleanPodPolicy,
    int workers,
    Optional<Lease> lease) {
  /**
   * A lease to lead by.
   *
   * @param namespace its namespace
   * @param name its name
   * @param identity who this operator is among the others
   */
  public record Lease(String namespace, String name, String identity) {}

  /** Copies the set. */
  public OperatorConfig {
    namespaces = Set.copyOf(namespaces);
    if (workers < 1) {
      throw new IllegalArgumentException("workers: " + workers + " is less than 1");
    }
  }

  /** Everywhere, two at a time, no election; what runs after the end of a job is stopped. */
  public static OperatorConfig defaults() {
    return new OperatorConfig(Set.of(), "", CleanPodPolicy.RUNNING, 2, Optional.empty());
  }

  /** The same, in some namespaces only. */
  public OperatorConfig in(Set<String> only) {
    return new OperatorConfig(only, clusterDomain, cleanPodPolicy, workers, lease);
  }

  /** The same, with a domain in the names of TF_CONFIG. */
  public OperatorConfig withClusterDomain(String domain) {
    return new OperatorConfig(namespaces, domain, cleanPodPolicy, workers, lease);
  }

  /** The same, with another policy for jobs that name none. */
  public OperatorConfig withCleanPodPolicy(CleanPodPolicy policy) {
    return new OperatorConfig(namespaces, clusterDomain, policy, workers, lease);
  }

  /** The same, acting only while it holds a lease. */
  public OperatorConfig ledBy(Lease lead) {
    return new OperatorConfig(
        namespaces, clusterDomain, cleanPodPolicy, workers, Optional.of(lead));
  }
}
