package dev.mlk.gpu.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the pods of a job would go in the room there is, if nothing else came or went.
 *
 * @param placed the pods by node, in the order in which nodes were taken
 * @param without pods that find no node
 */
record Forecast(Map<GpuNode, List<JobPods.Wanted>> placed, List<JobPods.Wanted> without) {
  /** Says how good a node is for a pod; the highest wins. */
  interface Score extends Function<Room, Double> {}

  Forecast {
    placed = new LinkedHashMap<>(placed);
    without = List.copyOf(without);
  }

  /**
   * What a scheduler would do, one pod after the other.
   *
   * @param fillsUp whether it fills nodes with devices up, as the practice cluster's does; else by
   *     kube-scheduler's default, the node with the largest share of CPU and memory left
   */
  static Forecast by(JobPods job, List<Room> rooms, boolean fillsUp) {
    Map<GpuNode, List<JobPods.Wanted>> placed = new LinkedHashMap<>();
    List<JobPods.Wanted> without = new ArrayList<>();
    for (JobPods.Wanted pod : job.pods()) {
      Comparator<Room> best =
          Comparator.comparingDouble((Room room) -> fillsUp ? full(room, pod) : left(room, pod))
              .thenComparing(room -> room.node().name(), Comparator.reverseOrder());
      Optional<Room> chosen = rooms.stream().filter(room -> fits(room, pod)).max(best);
      if (chosen.isEmpty()) {
        without.add(pod);
      } else {
        chosen.get().take(pod.requests());
        placed.computeIfAbsent(chosen.get().node(), _ -> new ArrayList<>()).add(pod);
      }
    }
    return new Forecast(placed, without);
  }

  /**
   * The fewest nodes that would do: all of the job within one node, or else within nodes that are
   * as near to each other as can be.
   *
   * @param rooms fresh rooms, for each try
   */
  static Optional<Forecast> tightest(JobPods job, java.util.function.Supplier<List<Room>> rooms) {
    List<GpuNode> nodes = rooms.get().stream().map(Room::node).toList();
    List<Function<GpuNode, Optional<String>>> scopes = new ArrayList<>();
    scopes.add(node -> Optional.of(node.name()));
    Level.of(nodes).forEach(level -> scopes.add(level::of));
    scopes.add(_ -> Optional.of("all"));
    for (Function<GpuNode, Optional<String>> scope : scopes) {
      Map<String, List<Room>> groups = new LinkedHashMap<>();
      for (Room room : rooms.get()) {
        scope
            .apply(room.node())
            .ifPresent(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(room));
      }
      Optional<Forecast> best =
          groups.values().stream()
              .map(group -> packed(job, group))
              .filter(forecast -> forecast.without.isEmpty())
              .min(Comparator.comparingInt(forecast -> forecast.placed.size()));
      if (best.isPresent()) {
        return best;
      }
    }
    return Optional.empty();
  }

  /** Fills the node with most room first. */
  private static Forecast packed(JobPods job, List<Room> rooms) {
    Map<GpuNode, List<JobPods.Wanted>> placed = new LinkedHashMap<>();
    List<JobPods.Wanted> left = new ArrayList<>(job.pods());
    List<Room> open = new ArrayList<>(rooms);
    while (!left.isEmpty() && !open.isEmpty()) {
      Room most = open.removeFirst();
      for (Room room : List.copyOf(open)) {
        if (room.freeDevices() > most.freeDevices()) {
          open.set(open.indexOf(room), most);
          most = room;
        }
      }
      for (JobPods.Wanted pod : List.copyOf(left)) {
        if (fits(most, pod)) {
          most.take(pod.requests());
          placed.computeIfAbsent(most.node(), _ -> new ArrayList<>()).add(pod);
          left.remove(pod);
        }
      }
    }
    return new Forecast(placed, left);
  }

  private static boolean fits(Room room, JobPods.Wanted pod) {
    return room.node().open()
        && room.lacks(pod.requests()).isEmpty()
        && room.admits(pod.pod())
        && room.tolerated(pod.pod());
  }

  /** The share of CPU and memory that stays free, 0 to 1 each. */
  private static double left(Room room, JobPods.Wanted pod) {
    return share(room, pod, "cpu") + share(room, pod, "memory");
  }

  private static double share(Room room, JobPods.Wanted pod, String resource) {
    double of = room.node().allocatable().getOrDefault(resource, 0L);
    double rest = room.free(resource) - (double) pod.requests().getOrDefault(resource, 0L);
    return of == 0 ? 0 : rest / of;
  }

  /** The share of devices that is taken then; without devices, of CPU and memory that stays. */
  private static double full(Room room, JobPods.Wanted pod) {
    double full = 0;
    int kinds = 0;
    for (Map.Entry<String, Long> request : pod.requests().entrySet()) {
      Optional<Device> device = Device.of(request.getKey()).filter(_ -> request.getValue() > 0);
      if (device.isPresent()) {
        double of = room.node().offers(device.get());
        full += of == 0 ? 0 : 1 - (room.free(request.getKey()) - request.getValue()) / of;
        kinds++;
      }
    }
    boolean spoils = !room.node().devices().isEmpty();
    return kinds > 0 ? full / kinds : left(room, pod) / 2 - (spoils ? 0.1 : 0);
  }

  /** The nodes of pods that ask for devices: those between which training data travels. */
  List<GpuNode> nodes() {
    return List.copyOf(placed.keySet());
  }

  /** How many values of a level the nodes have; empty when some do not tell. */
  Optional<Long> spans(Level level) {
    List<Optional<String>> values = placed.keySet().stream().map(level::of).toList();
    return values.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(values.stream().distinct().count());
  }
}
