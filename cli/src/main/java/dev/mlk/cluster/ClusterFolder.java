package dev.mlk.cluster;

import dev.mlk.console.Invocation;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;

/**
 * The files of one practice cluster.
 *
 * @param name the cluster's name
 * @param path the folder
 */
record ClusterFolder(String name, Path path) {
  /** The name where none is given. */
  static final String DEFAULT = "practice";

  private static final int LONGEST_NAME = 40;

  /** The folder of that name in the user's own state, there or not. */
  static ClusterFolder of(Invocation invocation, String name) {
    if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?") || name.length() > LONGEST_NAME) {
      throw new Problem.Usage(
          Explanation.of("\"" + name + "\" cannot be a cluster's name")
              .because(
                  "a name has lower-case letters, digits and dashes inside, at most "
                      + LONGEST_NAME));
    }
    return new ClusterFolder(name, all(invocation).resolve(name));
  }

  /** The folder of all clusters. */
  static Path all(Invocation invocation) {
    return invocation.state().toAbsolutePath().normalize().resolve("clusters");
  }

  Path kubeconfig() {
    return path.resolve("kubeconfig");
  }

  Path endpoint() {
    return path.resolve("endpoint.json");
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path log() {
    return path.resolve("log");
  }

  Path config() {
    return path.resolve("config.json");
  }

  Path socket() {
    return path.resolve("api.sock");
  }
}
