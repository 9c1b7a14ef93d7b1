package dev.mlk.images.mnist.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which process of which cluster this is.
 *
 * @param index among the processes of the same role
 * @param tasks address of each process: by role, then by index
 * @param partial whether the cluster lists but some of its processes, as TFJob's {@code
 *     enableDynamicWorker} has it
 */
public record Membership(
    Role role, int index, Map<Role, SortedMap<Integer, String>> tasks, boolean partial) {
  /** Keeps a copy of the map. */
  public Membership {
    tasks = Map.copyOf(tasks);
  }

  /** A process that knows of no others. */
  static Membership alone() {
    return new Membership(Role.LOCAL, 0, Map.of(), false);
  }

  /**
   * What the environment says: TF_CONFIG, else CLUSTER_CONFIG with POD_NAME, else this is alone.
   *
   * @throws dev.mlk.images.mnist.exit.Failure with a sentence if they make no sense
   */
  public static Membership from(Map<String, String> environment) {
    String config = environment.getOrDefault("TF_CONFIG", "").strip();
    if (!config.isEmpty()) {
      return MembershipReader.tensorFlowConfig(config);
    }
    String cluster = environment.getOrDefault("CLUSTER_CONFIG", "").strip();
    if (!cluster.isEmpty()) {
      return MembershipReader.clusterConfig(
          cluster, environment.getOrDefault("POD_NAME", "").strip());
    }
    return alone();
  }

  /** Processes of a role, by index. */
  public SortedMap<Integer, String> of(Role wanted) {
    return tasks.getOrDefault(wanted, Collections.emptySortedMap());
  }

  /** As it appears in the log: {@code local}, {@code worker-1}. */
  public String label() {
    return role == Role.LOCAL ? role.label() : role.label() + "-" + index;
  }

  /** Host and port of this process. */
  public String address() {
    return of(role).get(index);
  }

  /**
   * The role that begins and ends the training: chief, master, or the first worker without them.
   */
  public Role chiefRole() {
    if (!of(Role.CHIEF).isEmpty() || role == Role.CHIEF) {
      return Role.CHIEF;
    }
    return !of(Role.MASTER).isEmpty() || role == Role.MASTER ? Role.MASTER : Role.WORKER;
  }

  /** Whether this process begins and ends the training. */
  public boolean chief() {
    return role == Role.LOCAL || (role == chiefRole() && index == 0);
  }

  /** Which role holds the variables: parameter servers, or the chief where there are none. */
  public Role holderRole() {
    return of(Role.PS).isEmpty() ? chiefRole() : Role.PS;
  }

  /** Whether this process trains without any other. */
  public boolean trainsAlone() {
    if (role == Role.PS || role == Role.EVALUATOR) {
      return false;
    }
    int trainers = of(Role.CHIEF).size() + of(Role.MASTER).size() + of(Role.WORKER).size();
    return of(Role.PS).isEmpty() && trainers <= 1;
  }

  /** Whose steps these are, when each task's steps are counted: 0 is the chief, n+1 worker n. */
  public int countedAs() {
    return role == Role.WORKER ? index + 1 : 0;
  }
}
