package dev.mlk.tfjob.operator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is removed when a job has ended. */
final class CleanUp {
  private CleanUp() {}

  static List<Action> of(Job job, Seen seen, CleanPodPolicy byDefault) {
    return switch (CleanPodPolicy.of(job.runPolicy().cleanPodPolicy()).orElse(byDefault)) {
      case NONE -> List.of();
      case ALL -> seen.delete(_ -> true, _ -> true);
      case RUNNING -> running(seen);
    };
  }

  /** A service goes with its pod, also when the pod went before. */
  private static List<Action> running(Seen seen) {
    Set<String> kept = new HashSet<>();
    for (PodView pod : seen.pods()) {
      if (pod.ended() && !pod.terminating()) {
        kept.add(pod.name());
      }
    }
    return seen.delete(
        pod -> !kept.contains(pod.name()),
        service -> !kept.contains(service.getMetadata().getName()));
  }
}
