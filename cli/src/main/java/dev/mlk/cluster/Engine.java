package dev.mlk.cluster;

/**
 * What makes up a cluster's control plane.
 *
 * @param name {@link #BUILT_IN} or {@link #KUBERNETES}
 * @param programs the folder of the real control plane's programs; empty when nobody has named or
 *     built it
 */
record Engine(String name, String programs) {
  /** API server, scheduler and controllers within the cluster's process. */
  static final String BUILT_IN = "built-in";

  /** etcd and Kubernetes' own programs. */
  static final String KUBERNETES = "kubernetes";

  /** The usual one. */
  static final Engine DEFAULT = new Engine(BUILT_IN, "");

  boolean real() {
    return name.equals(KUBERNETES);
  }
}
