package dev.mlk.gpu.overview;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Pods that wait for GPUs for the same cause.
 *
 * @param cause the cause
 * @param pods who waits: {@code namespace/name}
 * @param devices what they ask for together
 * @param said what is in the way of them, and what would free it; a line each, none twice
 */
record Demand(Cause cause, List<String> pods, Map<Device, Long> devices, List<String> said) {
  Demand {
    pods = List.copyOf(pods);
    devices = new TreeMap<>(devices);
    said = List.copyOf(said);
  }

  /** What waits in a namespace (empty for all), grouped. */
  static List<Demand> of(Snapshot seen, String namespace) {
    Map<Cause, Group> groups = new EnumMap<>(Cause.class);
    List<Room> rooms =
        seen.roomKnown() ? Room.all(seen.nodes().or(List.of()), seen.pods().or(null)) : List.of();
    for (WaitingPod waiting : seen.waiting(namespace)) {
      Obstacle obstacle =
          seen.roomKnown() ? Obstacle.of(waiting, rooms, seen) : Obstacle.told(waiting);
      Group group = groups.computeIfAbsent(obstacle.cause(), _ -> new Group());
      group.add(waiting.pod().key(), waiting.pod().devices(), obstacle.said());
    }
    for (QueuedWork work : seen.queued()) {
      if (namespace.isEmpty() || work.namespace().equals(namespace)) {
        groups
            .computeIfAbsent(Cause.HELD, _ -> new Group())
            .add(
                work.namespace() + "/" + work.name(),
                work.devices(),
                "queue " + work.queue() + (work.why().isEmpty() ? "" : ": " + work.why()));
      }
    }
    List<Demand> all = new ArrayList<>();
    groups.forEach((cause, group) -> all.add(group.demand(cause)));
    return all;
  }

  /** What several ask for together. */
  static Map<Device, Long> sum(List<Demand> demands) {
    Map<Device, Long> sum = new TreeMap<>();
    demands.forEach(one -> one.devices.forEach((device, n) -> sum.merge(device, n, Long::sum)));
    return sum;
  }

  /** A group that grows. */
  private static final class Group {
    private final List<String> pods = new ArrayList<>();
    private final Map<Device, Long> devices = new TreeMap<>();
    private final Set<String> said = new LinkedHashSet<>();

    void add(String pod, Map<Device, Long> wanted, String words) {
      pods.add(pod);
      wanted.forEach((device, number) -> devices.merge(device, number, Long::sum));
      if (!words.isEmpty()) {
        said.add(words);
      }
    }

    Demand demand(Cause cause) {
      return new Demand(cause, pods, devices, List.copyOf(said));
    }
  }
}
