package dev.mlk.gpu.overview;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Since when pods do nothing with their GPUs, from what was measured each time somebody looked.
 * Only one thread may use it.
 */
final class IdleHistory {
  /**
   * A pod that was idle whenever it was looked at.
   *
   * @param since the first time
   * @param busyBefore whether it was seen busy before that, so that the time is not only a bound
   */
  private record Idleness(Instant since, boolean busyBefore) {}

  private final Map<String, Idleness> idle = new HashMap<>();
  private final Set<String> seen = new HashSet<>();

  /** Completes what is known of each pod's use. */
  void take(Snapshot snapshot) {
    Set<String> there = new HashSet<>();
    Pods pods = snapshot.pods().or(null);
    if (pods == null) {
      return;
    }
    Map<String, Long> onNode = new HashMap<>();
    pods.holders().forEach(pod -> onNode.merge(pod.node(), 1L, Long::sum));
    pods.holders()
        .replaceAll(
            pod -> {
              there.add(pod.key());
              boolean alone = onNode.get(pod.node()) == 1;
              Optional<GpuUse.Figure> figure =
                  snapshot.figures().gpus().map(use -> use.ofPod(pod, alone)).or(Optional.empty());
              return figure
                  .map(use -> pod.measured(use, idle(pod, use, snapshot.at())))
                  .orElse(pod);
            });
    idle.keySet().retainAll(there);
    seen.clear();
    seen.addAll(there);
  }

  private Idle idle(GpuPod pod, GpuUse.Figure use, Instant now) {
    if (pod.idle().idle() || !use.tellsBusy()) {
      return pod.idle();
    }
    if (use.percent() > 0) {
      idle.remove(pod.key());
      return Idle.BUSY;
    }
    boolean before = seen.contains(pod.key());
    Idleness known = idle.computeIfAbsent(pod.key(), _ -> new Idleness(now, before));
    if (known.busyBefore) {
      return Idle.since(known.since);
    }
    return known.since.equals(now) ? Idle.NOW : Idle.atLeastSince(known.since);
  }
}
