package dev.mlk.practice.node;

import dev.mlk.practice.node.environment.PodFacts;
import dev.mlk.practice.node.image.Image;
import dev.mlk.practice.node.network.PodNetwork;
import dev.mlk.practice.node.volume.MountException;
import dev.mlk.practice.node.volume.PodVolumes;
import dev.mlk.practice.node.volume.ReadOnlyMounts;
import dev.mlk.practice.node.volume.VolumePlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a pod has before its containers: an address, names, and volumes. */
final class PodPlace {
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);

  /** As the kubelet waits at most between two tries to mount a volume. */
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(2).plusSeconds(2);

  /** How soon files of volumes follow their objects. */
  private static final Duration REFRESH = Duration.ofMinutes(1);

  /** How often the kubelet looks at what pods have written. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final String OPEN =
      "No network namespace can be made on this machine: ports on which this pod's programs listen"
          + " can be reached from other machines";

  private static final String WRITABLE =
      "No mount namespace can be made on this machine: this pod's programs can write where its"
          + " mounts are readOnly";

  private final NodeRoom room;
  private final PodRef pod;
  private final PodContainers containers;
  private final PodVolumes volumes;

  private String address = "";
  private Set<String> names = Set.of();
  private boolean prepared;
  private Duration retry = FIRST_RETRY;
  private Optional<Instant> next = Optional.empty();
  private Optional<Instant> nextLook = Optional.empty();

  PodPlace(NodeRoom room, PodRef pod, Path folder, PodContainers containers) {
    this.room = room;
    this.pod = pod;
    this.containers = containers;
    this.volumes =
        new PodVolumes(
            room.api(),
            new VolumePlaces(
                room.config().volumes(), room.config().node(pod.node()).resolve("host"), folder),
            room.ticker());
  }

  /** The pod's address; empty before it has one. */
  String address() {
    return address;
  }

  /** The names by which peers know the pod. */
  Set<String> names() {
    return names;
  }

  PodVolumes volumes() {
    return volumes;
  }

  /** When there is something to do next: another try, files to bring up to date, a look. */
  Optional<Instant> next() {
    return nextLook.filter(look -> next.filter(look::isAfter).isEmpty()).or(() -> next);
  }

  /** What the pod has written too much of, in a sentence; looked at from time to time. */
  Optional<String> excess(JsonNode latest, Instant now) {
    if (nextLook.filter(look -> !now.isBefore(look)).isEmpty()) {
      return Optional.empty();
    }
    nextLook = Optional.of(now.plus(LOOK));
    try {
      return volumes.excess(latest.path("spec"));
    } catch (IOException e) {
      // A folder that changes while it is measured is measured again.
      return Optional.empty();
    }
  }

  /** Makes all that is missing; false when that has to be tried again. */
  boolean prepare(JsonNode latest, Instant now) {
    if (next.filter(now::isBefore).isPresent()) {
      return prepared;
    }
    if (prepared) {
      refresh(latest, now);
      return true;
    }
    if (address.isEmpty()) {
      settle(latest);
    }
    try {
      volumes.prepare(facts(latest), needsFiles());
      prepared = true;
      if (asksReadOnly() && needsFiles() && !room.mounts().possible()) {
        room.events().warning(pod.about("", ""), "WritableMounts", WRITABLE);
      }
      if (needsFiles() && PodVolumes.limited(latest.path("spec"))) {
        nextLook = Optional.of(now.plus(LOOK));
      }
      next =
          needsFiles() && PodVolumes.followObjects(latest)
              ? Optional.of(now.plus(REFRESH))
              : Optional.empty();
      return true;
    } catch (MountException | IOException e) {
      room.events().warning(pod.about("", ""), "FailedMount", e.getMessage());
      next = Optional.of(now.plus(retry));
      retry = retry.multipliedBy(2);
      retry = retry.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retry;
      return false;
    }
  }

  private void refresh(JsonNode latest, Instant now) {
    if (next.isEmpty()) {
      return;
    }
    next = Optional.of(now.plus(REFRESH));
    try {
      volumes.prepare(facts(latest), true);
    } catch (MountException | IOException e) {
      // The files stay as they were until the objects are back.
      room.events().warning(pod.about("", ""), "FailedMount", e.getMessage());
    }
  }

  private void settle(JsonNode latest) {
    List<String> known = ownNames(latest);
    names = new HashSet<>(known);
    String before = latest.path("status").path("podIP").asString("");
    boolean host = latest.path("spec").path("hostNetwork").asBoolean(false);
    address =
        host
            ? room.network().addHost(pod.uid(), pod.namespace(), known, NodeRoom.ADDRESS)
            : room.network()
                .add(
                    pod.uid(),
                    room.number(),
                    pod.namespace(),
                    known,
                    before.isEmpty() ? Optional.empty() : Optional.of(before));
    if (!host && needsNetwork() && !room.network().isolate(pod.uid())) {
      room.events().warning(pod.about("", ""), "OpenPorts", OPEN);
    }
  }

  private List<String> ownNames(JsonNode latest) {
    List<String> known =
        new ArrayList<>(
            room.services().headless(pod.namespace(), latest.path("metadata").path("labels")));
    JsonNode spec = latest.path("spec");
    String subdomain = spec.path("subdomain").asString("");
    if (!subdomain.isEmpty()) {
      known.addFirst(spec.path("hostname").asString(pod.name()) + "." + subdomain);
    }
    if (!known.contains(pod.name())) {
      known.add(pod.name());
    }
    return known;
  }

  /** Thousands of simulated pods need no files. */
  private boolean needsFiles() {
    return containers.all().stream()
        .anyMatch(
            slot ->
                room.catalog()
                    .find(slot.spec().path("image").asString(""))
                    .filter(image -> image.simulated())
                    .isEmpty());
  }

  private boolean asksReadOnly() {
    return containers.all().stream()
        .flatMap(slot -> slot.spec().path("volumeMounts").valueStream())
        .filter(mount -> !ReadOnlyMounts.isAccount(mount.path("mountPath").asString("")))
        .anyMatch(mount -> mount.path("readOnly").asBoolean(false));
  }

  /** Containers of a pod share a network, so one that needs its own is enough. */
  private boolean needsNetwork() {
    return containers.all().stream()
        .anyMatch(
            slot ->
                room.catalog()
                    .find(slot.spec().path("image").asString(""))
                    .filter(Image::isolated)
                    .isPresent());
  }

  PodFacts facts(JsonNode latest) {
    return new PodFacts(
        latest,
        PodNetwork.local(address),
        NodeRoom.ADDRESS,
        Map.of("cpu", room.spec().cpu(), "memory", room.spec().memory()));
  }
}
