package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ReplicaType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a job stands, judged by its pods alone. */
sealed interface Verdict {
  /** The pods that decide have ended well; failures of others come too late to matter. */
  record Succeeded() implements Verdict {}

  /**
   * A replica has failed for good.
   *
   * @param firstMessage set when an exit code said so: this is then what the condition says
   * @param message counts the failed pods
   */
  record Failed(Optional<String> firstMessage, String message) implements Verdict {}

  /** Failed pods are to be replaced. */
  record Restarting(List<String> types, List<PodView> pods, Map<String, Integer> restarting)
      implements Verdict {}

  /** The pods that decide run. */
  record Running() implements Verdict {}

  /** Nothing to tell yet. */
  record Waiting() implements Verdict {}

  /** Replaced pods by replica key. */
  default Map<String, Integer> restarting() {
    return Map.of();
  }

  static Verdict of(Job job, Seen seen) {
    Optional<Verdict> success = success(job, seen);
    if (success.filter(Succeeded.class::isInstance).isPresent()) {
      return success.get();
    }
    List<ReplicaGroup> inOrder = new ArrayList<>(job.groups());
    inOrder.sort(
        Comparator.comparingInt(
            g -> g.known().map(ReplicaType::ordinal).orElse(ReplicaType.values().length)));
    List<PodView> replaced = new ArrayList<>();
    Map<String, Integer> restarting = new LinkedHashMap<>();
    for (ReplicaGroup group : inOrder) {
      List<PodView> failed = seen.failedPods(group);
      List<PodView> again = failed.stream().filter(p -> replaces(group, p)).toList();
      if (again.size() < failed.size() && decides(job, group)) {
        return failure(job, group, failed.size());
      }
      if (!again.isEmpty()) {
        replaced.addAll(again);
        restarting.put(group.key(), again.size());
      }
    }
    if (!replaced.isEmpty()) {
      return new Restarting(List.copyOf(restarting.keySet()), replaced, restarting);
    }
    return success.orElseGet(Waiting::new);
  }

  private static boolean replaces(ReplicaGroup group, PodView pod) {
    return group.restartPolicy().replaces(pod.exitCode().orElse(PodView.UNKNOWN_EXIT_CODE));
  }

  /** Types without a meaning, and workers that may come and go, do not fail a job. */
  private static boolean decides(Job job, ReplicaGroup group) {
    if (group.restartPolicy() == RestartPolicy.EXIT_CODE) {
      return true;
    }
    return group.known().isPresent() && !(job.dynamicWorkers() && group.is(ReplicaType.WORKER));
  }

  private static Verdict failure(Job job, ReplicaGroup group, int count) {
    Optional<String> first =
        group.restartPolicy() == RestartPolicy.EXIT_CODE
            ? Optional.of(
                "job \""
                    + job.name()
                    + "\" is failing because \""
                    + group.key()
                    + "\" replica(s) failed.")
            : Optional.empty();
    String message =
        "TFJob "
            + job.namespace()
            + "/"
            + job.name()
            + " has failed because "
            + count
            + " "
            + group.key()
            + " replica(s) failed.";
    return new Failed(first, message);
  }

  /** Succeeded, Running, or nothing: told by the leader if there is one, else by the workers. */
  private static Optional<Verdict> success(Job job, Seen seen) {
    List<ReplicaGroup> deciding = job.groups().stream().filter(ReplicaGroup::leads).toList();
    boolean led = !deciding.isEmpty();
    if (!led) {
      deciding = job.groups().stream().filter(g -> g.is(ReplicaType.WORKER)).toList();
    }
    boolean running = false;
    for (ReplicaGroup group : deciding) {
      if (seen.succeeded(group) >= group.replicas()
          || (!led && !job.allWorkers() && seen.worker0Done())) {
        return Optional.of(new Succeeded());
      }
      running |= seen.active(group) > 0;
    }
    return running ? Optional.of(new Running()) : Optional.empty();
  }
}
