package dev.mlk.gpu.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods of one node whose end would make room for one that waits.
 *
 * @param room the node
 * @param device the device that is short
 * @param lacks how many of it are missing
 * @param pods the fewest pods that hold enough of it, idle ones first
 */
record Freeing(Room room, Device device, long lacks, List<GpuPod> pods) {
  /** The fewest pods; then those that do nothing; then the fewest devices. */
  static final Comparator<Freeing> LEAST =
      Comparator.comparingInt((Freeing one) -> one.pods.size())
          .thenComparingLong(one -> one.pods.stream().filter(pod -> !pod.idle().idle()).count())
          .thenComparingLong(Freeing::frees)
          .thenComparing(one -> one.room.node().name());

  Freeing {
    pods = List.copyOf(pods);
  }

  /** How many devices come free. */
  long frees() {
    return pods.stream().mapToLong(pod -> held(pod, device)).sum();
  }

  /** What of a node's pods would have to end; empty when even all of them are not enough. */
  static Optional<Freeing> of(Room room, GpuPod waiting) {
    Optional<Device> shortOf =
        waiting.devices().keySet().stream().filter(d -> room.lacks(waiting, d) > 0).findFirst();
    if (shortOf.isEmpty()) {
      return Optional.empty();
    }
    Device device = shortOf.get();
    long lacks = room.lacks(waiting, device);
    List<GpuPod> holders =
        new ArrayList<>(room.holders().stream().filter(pod -> held(pod, device) > 0).toList());
    holders.sort(
        Comparator.comparing((GpuPod pod) -> !pod.idle().idle())
            .thenComparingLong(pod -> held(pod, device)));
    for (GpuPod one : holders) {
      if (held(one, device) >= lacks && enough(room, waiting, List.of(one))) {
        return Optional.of(new Freeing(room, device, lacks, List.of(one)));
      }
    }
    holders.sort(
        Comparator.comparingLong((GpuPod pod) -> -held(pod, device))
            .thenComparing(pod -> !pod.idle().idle()));
    List<GpuPod> several = new ArrayList<>();
    for (GpuPod one : holders) {
      several.add(one);
      if (enough(room, waiting, several)) {
        return Optional.of(new Freeing(room, device, lacks, several));
      }
    }
    return Optional.empty();
  }

  private static long held(GpuPod pod, Device device) {
    return pod.requests().getOrDefault(device.resource(), 0L);
  }

  private static boolean enough(Room room, GpuPod waiting, List<GpuPod> gone) {
    for (Map.Entry<String, Long> lacking : room.lacks(waiting.requests()).entrySet()) {
      long given =
          lacking.getKey().equals("pods")
              ? gone.size()
              : gone.stream()
                  .mapToLong(pod -> pod.requests().getOrDefault(lacking.getKey(), 0L))
                  .sum();
      if (given < lacking.getValue()) {
        return false;
      }
    }
    return true;
  }
}
