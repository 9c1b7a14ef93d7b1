package dev.mlk.gpu.overview;

import dev.mlk.console.Age;
import dev.mlk.facts.Names;
import dev.mlk.practice.quantity.Quantity;
import dev.mlk.practice.select.Tolerations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What keeps one pod from a node.
 *
 * @param cause the kind of obstacle
 * @param said which it is here, and what would remove it; a clause without a full stop
 */
record Obstacle(Cause cause, String said) {
  /** From the scheduler's own words, for somebody who may not see nodes and pods. */
  static Obstacle told(WaitingPod waiting) {
    String message = waiting.message();
    if (waiting.gated()) {
      return held(waiting);
    }
    if (message.isEmpty()) {
      return unseen(waiting);
    }
    Cause cause = Cause.OTHER;
    if (message.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim")) {
      cause = Cause.VOLUME;
    } else if (waiting.pod().devices().keySet().stream()
        .anyMatch(device -> message.contains("Insufficient " + device.resource()))) {
      cause = Cause.TAKEN;
    } else if (message.contains("Insufficient ")) {
      cause = Cause.NO_ROOM_BESIDE;
    } else if (message.contains("taint") != message.contains("node affinity/selector")) {
      cause = message.contains("taint") ? Cause.TAINTS : Cause.LABELS;
    }
    // What the scheduler says of preemption helps nobody who waits.
    return new Obstacle(
        cause, plain(message.replaceFirst("\\. (no new claims|preemption:).*", "")));
  }

  /** From the room there is: the first step at which no node is left is the obstacle. */
  static Obstacle of(WaitingPod waiting, List<Room> rooms, Snapshot seen) {
    GpuPod pod = waiting.pod();
    String volume = waiting.message();
    if (waiting.gated()) {
      return held(waiting);
    }
    if (volume.toLowerCase(Locale.ROOT).contains("persistentvolumeclaim")) {
      return new Obstacle(Cause.VOLUME, plain(volume));
    }
    List<Room> large = rooms.stream().filter(r -> r.largeEnough(pod.requests())).toList();
    if (large.isEmpty()) {
      return new Obstacle(Cause.NEVER, tooLarge(pod, rooms));
    }
    List<Room> labelled = large.stream().filter(r -> r.admits(waiting.object())).toList();
    if (labelled.isEmpty()) {
      return new Obstacle(Cause.LABELS, labels(waiting, large));
    }
    List<Room> open = labelled.stream().filter(r -> r.node().open()).toList();
    if (open.isEmpty()) {
      return new Obstacle(Cause.CLOSED, closed(labelled));
    }
    List<Room> tolerated = open.stream().filter(r -> r.tolerated(waiting.object())).toList();
    if (tolerated.isEmpty()) {
      return new Obstacle(Cause.TAINTS, taint(waiting, open));
    }
    List<Room> free = tolerated.stream().filter(r -> r.hasDevices(pod)).toList();
    if (free.isEmpty()) {
      return new Obstacle(Cause.TAKEN, taken(pod, tolerated, seen.at()));
    }
    List<Room> fits = free.stream().filter(r -> r.lacks(pod.requests()).isEmpty()).toList();
    if (fits.isEmpty()) {
      return new Obstacle(Cause.NO_ROOM_BESIDE, beside(pod, free));
    }
    return waiting.message().isEmpty()
        ? unseen(waiting)
        : new Obstacle(Cause.OTHER, plain(waiting.message()));
  }

  private static Obstacle held(WaitingPod waiting) {
    String queue = waiting.pod().queue();
    return new Obstacle(
        Cause.HELD,
        queue.isEmpty()
            ? "it has a scheduling gate"
            : "queue " + queue + " has not let it through");
  }

  private static Obstacle unseen(WaitingPod waiting) {
    String scheduler =
        waiting.object().path("spec").path("schedulerName").asString("default-scheduler");
    return new Obstacle(Cause.UNSEEN, "its scheduler is " + scheduler);
  }

  private static String tooLarge(GpuPod pod, List<Room> rooms) {
    for (Map.Entry<Device, Long> wanted : pod.devices().entrySet()) {
      Device device = wanted.getKey();
      Optional<Room> largest =
          rooms.stream().max(Comparator.comparingLong(room -> room.node().offers(device)));
      long most = largest.map(room -> room.node().offers(device)).orElse(0L);
      if (most == 0) {
        return "no node has " + device.resource();
      }
      if (most < wanted.getValue()) {
        return "it asks for "
            + device.count(wanted.getValue())
            + ", the largest node ("
            + largest.get().node().name()
            + ") has "
            + most;
      }
    }
    return "no node with such GPUs has "
        + amounts(new TreeMap<>(besides(pod.requests())))
        + " as well";
  }

  private static Map<String, Long> besides(Map<String, Long> requests) {
    Map<String, Long> besides = new TreeMap<>(requests);
    besides.keySet().removeIf(resource -> Device.of(resource).isPresent());
    return besides;
  }

  private static String labels(WaitingPod waiting, List<Room> large) {
    List<String> wanted = new ArrayList<>();
    waiting
        .object()
        .path("spec")
        .path("nodeSelector")
        .properties()
        .forEach(entry -> wanted.add(entry.getKey() + "=" + entry.getValue().asString("")));
    String asks = wanted.isEmpty() ? "a node affinity" : String.join(", ", wanted);
    return "it asks for " + asks + "; large enough without: " + names(large);
  }

  private static String closed(List<Room> labelled) {
    Room first = labelled.getFirst();
    return first.node().cordoned()
        ? names(labelled) + " cordoned: kubectl uncordon " + first.node().name()
        : names(labelled) + " not ready: kubectl describe node " + first.node().name();
  }

  private static String taint(WaitingPod waiting, List<Room> open) {
    Room room =
        open.stream()
            .filter(one -> one.lacks(waiting.pod().requests()).isEmpty())
            .findFirst()
            .orElse(open.getFirst());
    for (JsonNode taint : room.node().object().path("spec").path("taints")) {
      if (!Tolerations.tolerated(waiting.object(), taint)) {
        String value = taint.path("value").asString("");
        return room.node().name()
            + " has taint "
            + taint.path("key").asString("")
            + (value.isEmpty() ? "" : "=" + value)
            + ":"
            + taint.path("effect").asString("")
            + "; a toleration for it would let the pod in"
            + (room.lacks(waiting.pod().requests()).isEmpty() ? " now" : "");
      }
    }
    return room.node().name() + " has a taint";
  }

  private static String taken(GpuPod pod, List<Room> tolerated, Instant now) {
    Optional<Freeing> least =
        tolerated.stream()
            .map(room -> Freeing.of(room, pod))
            .flatMap(Optional::stream)
            .min(Freeing.LEAST);
    if (least.isEmpty()) {
      return "no end of pods on one node would free enough";
    }
    Freeing freeing = least.get();
    Device device = freeing.device();
    List<String> names = new ArrayList<>();
    for (GpuPod one : freeing.pods()) {
      names.add(one.key() + " (" + held(one, device, now) + ")");
    }
    String verb = freeing.pods().size() == 1 ? " ends" : " end";
    return freeing.room().node().name()
        + " has "
        + Math.max(0, freeing.room().free(device.resource()))
        + " of "
        + device.count(freeing.room().node().offers(device))
        + " free and lacks "
        + freeing.lacks()
        + "; enough when "
        + Names.some(names)
        + verb;
  }

  private static String held(GpuPod pod, Device device, Instant now) {
    String count = device.count(pod.requests().getOrDefault(device.resource(), 0L));
    if (!pod.idle().idle()) {
      return count;
    }
    return count
        + ", idle"
        + pod.idle().since().map(since -> " " + Age.of(Duration.between(since, now))).orElse("");
  }

  private static String beside(GpuPod pod, List<Room> free) {
    Room nearest =
        free.stream()
            .min(Comparator.comparingInt(room -> room.lacks(pod.requests()).size()))
            .orElseThrow();
    return nearest.node().name() + " lacks " + amounts(nearest.lacks(pod.requests()));
  }

  private static String amounts(Map<String, Long> amounts) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(amounts)
        .forEach(
            (resource, amount) ->
                words.add(
                    Quantity.ofUnits(resource, amount)
                        + " "
                        + (resource.equals("cpu") ? "CPU" : resource)));
    return String.join(", ", words);
  }

  private static String names(List<Room> rooms) {
    return Names.some(rooms.stream().map(room -> room.node().name()).toList());
  }

  /** Said by a server: one line, nothing that a terminal would obey. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
  }
}
