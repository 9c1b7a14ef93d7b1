package dev.mlk.cluster;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.util.List;

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

  /**
   * The engine that a command's options ask for.
   *
   * @param name {@code --engine}; empty for the one that the cluster had last
   * @param programs {@code --kubernetes-bin}, relative to the directory; may be empty
   * @throws Problem.Usage when there is no such engine, or it takes no programs
   */
  static Engine wanted(String name, String programs, Engine last, Path directory) {
    String wanted = name.isEmpty() ? last.name : name;
    if (!List.of(BUILT_IN, KUBERNETES).contains(wanted)) {
      throw new Problem.Usage(
          Explanation.of("no engine \"" + wanted + "\"")
              .because("there are: " + BUILT_IN + ", " + KUBERNETES));
    }
    if (!programs.isEmpty() && !wanted.equals(KUBERNETES)) {
      throw new Problem.Usage(
          Explanation.of("--kubernetes-bin is for --engine " + KUBERNETES)
              .because("the built-in engine needs no programs"));
    }
    String before = wanted.equals(last.name) ? last.programs : "";
    return new Engine(
        wanted,
        programs.isEmpty()
            ? before
            : directory.resolve(programs).toAbsolutePath().normalize().toString());
  }

  boolean real() {
    return name.equals(KUBERNETES);
  }
}
