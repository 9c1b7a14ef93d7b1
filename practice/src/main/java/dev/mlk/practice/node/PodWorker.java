package dev.mlk.practice.node;

import dev.mlk.kube.ApiException;
import dev.mlk.practice.node.environment.PodFacts;
import dev.mlk.practice.node.network.PodNetwork;
import dev.mlk.practice.node.volume.Folders;
import dev.mlk.practice.node.volume.MountException;
import dev.mlk.practice.node.volume.PodVolumes;
import dev.mlk.practice.node.volume.VolumePlaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one pod. Whatever happens (a change in the API, the end of a process, time) only asks for
 * another look; each look compares what there is with what should be and does what is missing.
 */
final class PodWorker {
  private static final Duration FIRST_MOUNT_RETRY = Duration.ofMillis(500);
  private static final Duration API_RETRY = Duration.ofSeconds(1);

  /** How soon files of volumes follow their objects. */
  private static final Duration REFRESH = Duration.ofMinutes(1);

  private final NodeRoom room;
  private final PodRef pod;
  private final Path folder;
  private final SerialTask task;
  private final Consumer<PodWorker> gone;
  private final PodContainers containers;
  private final ContainerLife life;
  private final ContainerStarter starter;
  private final PodVolumes volumes;
  private final PodApi api;

  private volatile ObjectNode latest;
  private volatile boolean removed;
  private volatile boolean closed;
  private String address = "";
  private Set<String> names = Set.of();
  private Optional<PodStop> stop = Optional.empty();
  private boolean prepared;
  private boolean finished;
  private Duration mountRetry = FIRST_MOUNT_RETRY;
  private Optional<Instant> nextMount = Optional.empty();
  private Optional<Instant> nextRefresh = Optional.empty();
  private Runnable cancelWake = () -> {};

  /**
   * A worker for a pod that is bound to the room's node.
   *
   * @param gone told when the pod has gone and all traces of it with it
   */
  PodWorker(NodeRoom room, ObjectNode pod, Consumer<PodWorker> gone) {
    this.room = room;
    this.pod = PodRef.of(pod);
    this.latest = pod;
    this.gone = gone;
    this.folder = room.config().pod(this.pod.node(), this.pod.uid());
    this.task = new SerialTask(room.executor(), this::look);
    this.containers = new PodContainers(pod, folder, room.ticker().instant());
    this.life = new ContainerLife(room, this.pod, task::ask);
    this.starter = new ContainerStarter(room, this.pod);
    this.volumes =
        new PodVolumes(
            room.api(),
            new VolumePlaces(
                room.config().volumes(),
                room.config().node(this.pod.node()).resolve("host"),
                folder),
            room.ticker());
    this.api = new PodApi(room, this.pod);
    this.finished = PodApi.isTerminal(pod);
  }

  PodRef pod() {
    return pod;
  }

  PodContainers containers() {
    return containers;
  }

  /** What starts commands beside a run of a container. */
  Beside beside(ContainerSlot slot, Run run) {
    return new Beside(room, pod, slot, run);
  }

  /** Connects to a port of the pod. */
  Socket connect(int port) throws IOException {
    return room.network().connect(pod.uid(), port);
  }

  /** Takes a newer version of the pod. */
  void update(ObjectNode now) {
    accept(now);
    task.ask();
  }

  private synchronized void accept(ObjectNode candidate) {
    if (PodApi.newer(candidate, latest)) {
      latest = candidate;
    }
  }

  /** The pod is not in the API any more. */
  void remove() {
    removed = true;
    task.ask();
  }

  /** Nothing is started or reported any more: the cluster stops. */
  void close() {
    closed = true;
    cancelWake.run();
  }

  private void look() {
    if (closed) {
      return;
    }
    life.settle();
    if (removed) {
      tearDown();
      return;
    }
    containers.respec(latest);
    Optional<Instant> again;
    try {
      again = finished ? Optional.empty() : step();
      publish();
    } catch (ApiException e) {
      again = e.notFound() ? Optional.empty() : Optional.of(soon(API_RETRY));
    } catch (UncheckedIOException e) {
      again = Optional.of(soon(API_RETRY));
    }
    wakeAt(again);
  }

  private Instant soon(Duration delay) {
    return room.ticker().instant().plus(delay);
  }

  private void wakeAt(Optional<Instant> when) {
    cancelWake.run();
    cancelWake = () -> {};
    if (when.isPresent() && !closed) {
      Duration delay = Duration.between(room.ticker().instant(), when.get());
      cancelWake = room.ticker().after(delay.isNegative() ? Duration.ZERO : delay, task::ask);
    }
  }

  /** Does what is missing. Returns when to look again though nothing happens. */
  private Optional<Instant> step() {
    Instant now = room.ticker().instant();
    if (latest.path("metadata").has("deletionTimestamp")) {
      long grace = latest.path("metadata").path("deletionGracePeriodSeconds").asLong(30);
      stopWithin(Duration.ofSeconds(grace), "", "");
    }
    Optional<Instant> deadline = api.deadline(latest);
    if (deadline.isPresent() && !now.isBefore(deadline.get())) {
      String message = "Pod was active on the node longer than the specified deadline";
      if (stop.isEmpty()) {
        room.events().normal(pod.about("", ""), "DeadlineExceeded", message);
      }
      stopWithin(grace(), "DeadlineExceeded", message);
    }
    if (stop.isEmpty() && containers.done()) {
      stopWithin(grace(), "", "");
    }
    if (stop.isPresent()) {
      Optional<Instant> kill = stop.get().look(now);
      finished = containers.running().isEmpty();
      return kill;
    }
    if (!prepare(now)) {
      return earliest(nextMount, deadline);
    }
    refresh(now);
    return earliest(earliest(startContainers(), deadline), nextRefresh);
  }

  private void refresh(Instant now) {
    if (nextRefresh.isEmpty() || now.isBefore(nextRefresh.get())) {
      return;
    }
    nextRefresh = Optional.of(now.plus(REFRESH));
    try {
      volumes.prepare(facts(), true);
    } catch (MountException | IOException e) {
      // The files stay as they were until the objects are back.
      room.events().warning(pod.about("", ""), "FailedMount", e.getMessage());
    }
  }

  private Duration grace() {
    return Duration.ofSeconds(latest.path("spec").path("terminationGracePeriodSeconds").asLong(30));
  }

  private void stopWithin(Duration grace, String reason, String message) {
    if (stop.isEmpty()) {
      stop = Optional.of(new PodStop(containers, life, reason, message));
    }
    stop.get().within(grace, room.ticker().instant());
  }

  private boolean prepare(Instant now) {
    if (prepared) {
      return true;
    }
    if (nextMount.filter(now::isBefore).isPresent()) {
      return false;
    }
    if (address.isEmpty()) {
      List<String> known = ownNames();
      names = new HashSet<>(known);
      String before = latest.path("status").path("podIP").asString("");
      address =
          room.network()
              .add(
                  pod.uid(),
                  room.number(),
                  pod.namespace(),
                  known,
                  before.isEmpty() ? Optional.empty() : Optional.of(before));
    }
    try {
      volumes.prepare(facts(), needsFiles());
      prepared = true;
      if (needsFiles() && PodVolumes.followObjects(latest)) {
        nextRefresh = Optional.of(now.plus(REFRESH));
      }
      return true;
    } catch (MountException | IOException e) {
      room.events().warning(pod.about("", ""), "FailedMount", e.getMessage());
      nextMount = Optional.of(now.plus(mountRetry));
      mountRetry = mountRetry.multipliedBy(2);
      return false;
    }
  }

  private List<String> ownNames() {
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

  private PodFacts facts() {
    return new PodFacts(
        latest,
        PodNetwork.local(address),
        NodeRoom.ADDRESS,
        Map.of("cpu", room.spec().cpu(), "memory", room.spec().memory()));
  }

  private Optional<Instant> startContainers() {
    PodFacts facts = facts();
    ContainerLife.Starter start = slot -> starter.start(slot, facts, volumes, names);
    Optional<Instant> again = Optional.empty();
    boolean begun = containers.anyMainBegun();
    for (ContainerSlot slot : containers.all()) {
      if (slot.role() == ContainerSlot.Role.MAIN
          || (begun && slot.role() == ContainerSlot.Role.INIT)) {
        continue;
      }
      if (containers.due(slot)) {
        again = earliest(again, life.startOrWait(slot, start));
      }
      boolean ready = slot.role() == ContainerSlot.Role.INIT ? slot.succeeded() : slot.started;
      if (!ready && !begun) {
        return again;
      }
    }
    for (ContainerSlot slot : containers.of(ContainerSlot.Role.MAIN)) {
      if (containers.due(slot)) {
        again = earliest(again, life.startOrWait(slot, start));
      }
    }
    return containers.done() ? Optional.of(room.ticker().instant()) : again;
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  private void publish() {
    boolean deleting = latest.path("metadata").has("deletionTimestamp");
    if (!PodApi.isTerminal(latest) || !finished) {
      String phase = finished ? terminalPhase() : containers.phase();
      ObjectNode base = latest;
      accept(
          api.publish(
              base,
              new PodStatus(base, containers.all(), room.ticker().instant())
                  .json(
                      phase,
                      address,
                      stop.map(PodStop::reason).orElse(""),
                      stop.map(PodStop::message).orElse(""))));
    }
    if (finished) {
      room.devices().release(pod.uid() + "/");
      if (deleting) {
        api.delete();
      }
    }
  }

  private String terminalPhase() {
    boolean failed = stop.map(each -> !each.reason().isEmpty()).orElse(false);
    return failed ? "Failed" : containers.terminalPhase();
  }

  private void tearDown() {
    for (ContainerSlot slot : containers.running()) {
      life.stop(slot, "Stopping container " + slot.name());
      life.kill(slot);
    }
    if (!containers.running().isEmpty()) {
      // Each end asks for another look.
      return;
    }
    closed = true;
    cancelWake.run();
    room.network().remove(pod.uid());
    room.devices().release(pod.uid() + "/");
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      System.getLogger(PodWorker.class.getName())
          .log(System.Logger.Level.WARNING, "the folder of pod " + pod + " stays", e);
    }
    gone.accept(this);
  }
}
