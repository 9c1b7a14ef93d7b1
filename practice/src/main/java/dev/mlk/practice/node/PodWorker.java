package dev.mlk.practice.node;

import dev.mlk.kube.ApiException;
import dev.mlk.practice.node.environment.PodFacts;
import dev.mlk.practice.node.volume.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one pod. Whatever happens (a change in the API, the end of a process, time) only asks for
 * another look; each look compares what there is with what should be and does what is missing.
 */
final class PodWorker {
  private static final Duration API_RETRY = Duration.ofSeconds(1);

  private final NodeRoom room;
  private final PodRef pod;
  private final Path folder;
  private final SerialTask task;
  private final Consumer<PodWorker> gone;
  private final PodContainers containers;
  private final ContainerLife life;
  private final ContainerStarter starter;
  private final PodPlace place;
  private final PodApi api;

  private volatile ObjectNode latest;
  private volatile boolean removed;
  private volatile boolean closed;
  private Optional<PodStop> stop = Optional.empty();
  private boolean finished;
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
    this.place = new PodPlace(room, this.pod, folder, containers);
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

  /** Connects to a port of the pod as from inside it, where its own loopback is reached too. */
  Socket connect(int port) throws IOException {
    try {
      return room.network().connect(pod.uid(), port);
    } catch (ConnectException e) {
      // That device is this machine's: what others listen on there is not the pod's.
      if (!room.processes().listens(pod.uid() + "/", port)) {
        throw e;
      }
      return room.network().connectLoopback(pod.uid(), port);
    }
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
    if (stop.isEmpty()) {
      place.excess(latest, now).ifPresent(this::evict);
    }
    if (stop.isEmpty() && containers.done()) {
      stopWithin(grace(), "", "");
    }
    if (stop.isPresent()) {
      Optional<Instant> kill = stop.get().look(now);
      finished = containers.running().isEmpty();
      return kill;
    }
    boolean prepared = place.prepare(latest, now);
    Optional<Instant> again = earliest(place.next(), deadline);
    return prepared ? earliest(startContainers(), again) : again;
  }

  private void evict(String why) {
    room.events().warning(pod.about("", ""), "Evicted", why);
    stopWithin(Duration.ZERO, "Evicted", why);
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

  private Optional<Instant> startContainers() {
    PodFacts facts = place.facts(latest);
    ContainerLife.Starter start =
        slot -> starter.start(slot, facts, place.volumes(), place.names());
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
      if ((!ready && !begun) || slot.hooking) {
        return again;
      }
    }
    for (ContainerSlot slot : containers.of(ContainerSlot.Role.MAIN)) {
      if (containers.due(slot)) {
        again = earliest(again, life.startOrWait(slot, start));
      }
      if (slot.hooking || slot.pulls().through.isPresent()) {
        // One container after another, as the kubelet does it.
        return again;
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
                      place.address(),
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
