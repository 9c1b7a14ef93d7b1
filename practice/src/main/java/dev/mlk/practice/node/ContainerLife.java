package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.log.LogOptions;
import dev.mlk.practice.node.volume.MountException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Carries the containers of one pod from state to state; only the pod's worker calls it. */
final class ContainerLife {
  /** Starts a container. */
  @FunctionalInterface
  interface Starter {
    Run start(ContainerSlot slot) throws StartException;
  }

  private record Ended(ContainerSlot slot, Run run, Workload.Exit exit) {}

  /** How soon a failed pull is said to be waiting for its next try. */
  private static final Duration SAY_BACK_OFF = Duration.ofSeconds(1);

  private static final Duration CONFIG_RETRY = Duration.ofSeconds(5);
  private static final String STARTED = "Container started";
  private static final String STARTED_SIMULATED = "Container started (simulated: no process runs)";
  private static final int MESSAGE_BYTES = 4096;
  private static final int MESSAGE_FROM_LOG = 2048;

  private final NodeRoom room;
  private final PodRef pod;
  private final Runnable wake;
  private final Watchdogs watchdogs;
  private final Queue<Ended> endings = new ConcurrentLinkedQueue<>();

  ContainerLife(NodeRoom room, PodRef pod, Runnable wake) {
    this.room = room;
    this.pod = pod;
    this.wake = wake;
    this.watchdogs = new Watchdogs(room, pod, wake);
  }

  /** Takes in what has ended since, and what the probes found. */
  void settle() {
    for (Ended ended = endings.poll(); ended != null; ended = endings.poll()) {
      ContainerSlot slot = ended.slot();
      if (slot.run.filter(ended.run()::equals).isPresent()) {
        ended(slot, ended.run(), ended.exit());
      }
    }
    watchdogs.settle();
  }

  private void ended(ContainerSlot slot, Run run, Workload.Exit exit) {
    watchdogs.stop(slot);
    plugin(slot, false);
    Instant begun =
        slot.state instanceof ContainerState.Running running ? running.started() : Instant.EPOCH;
    String reason = exit.code() == 0 ? "Completed" : "Error";
    slot.state =
        new ContainerState.Terminated(
            exit.code(),
            exit.outOfMemory() ? "OOMKilled" : reason,
            message(slot, run, exit.code()),
            begun,
            room.ticker().instant(),
            slot.id);
    slot.run = Optional.empty();
    slot.started = false;
    slot.ready = slot.role() == ContainerSlot.Role.INIT && exit.code() == 0;
  }

  /**
   * Starts a container, or lets it wait for its next try.
   *
   * @return when to look again, if it waits
   */
  Optional<Instant> startOrWait(ContainerSlot slot, Starter starter) {
    Instant now = room.ticker().instant();
    boolean again = slot.ended().isPresent() || isCrashLoop(slot);
    slot.ended().ifPresent(ended -> slot.last = ended);
    if (again) {
      Instant until = slot.backOff().until(slot.last.finished());
      if (now.isBefore(until)) {
        crashLoop(slot);
        return Optional.of(until);
      }
      slot.backOff().next(slot.last.finished(), now);
      slot.restarts.incrementAndGet();
    }
    try {
      Run run = starter.start(slot);
      began(slot, run, now);
      return Optional.empty();
    } catch (StartException e) {
      if (e.reason().equals("StartError")) {
        cannotStart(slot, e.getMessage(), now);
        return Optional.of(now);
      }
      slot.restarts.addAndGet(again ? -1 : 0);
      return Optional.of(notYet(slot, e, again, now));
    }
  }

  private Instant notYet(ContainerSlot slot, StartException why, boolean again, Instant now) {
    if (slot.pulls().through.isPresent()) {
      if (again) {
        slot.state = new ContainerState.Waiting("ContainerCreating", "");
      }
      return slot.pulls().through.get();
    }
    slot.state = new ContainerState.Waiting(why.reason(), why.getMessage());
    if (why.reason().startsWith("CreateContainer")) {
      warning(slot, "Failed", "Error: " + why.getMessage());
    }
    if (why.reason().equals("ErrImagePull")) {
      return now.plus(SAY_BACK_OFF);
    }
    return slot.pulls().failed.map(slot.pulls().backOff::until).orElse(now.plus(CONFIG_RETRY));
  }

  private void began(ContainerSlot slot, Run run, Instant now) {
    slot.id = "mlk://" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    slot.state = new ContainerState.Running(now);
    slot.run = Optional.of(run);
    slot.begunOnce = true;
    slot.hookDone = false;
    slot.asked = Optional.empty();
    normal(slot, "Created", "Container created");
    normal(slot, "Started", run.root().isPresent() ? STARTED : STARTED_SIMULATED);
    watchdogs.start(slot, run);
    plugin(slot, true);
    var _ =
        run.workload()
            .exit()
            .thenAccept(
                exit -> {
                  endings.add(new Ended(slot, run, exit));
                  wake.run();
                });
  }

  private void plugin(ContainerSlot slot, boolean runs) {
    boolean plugin =
        room.catalog()
            .find(slot.spec().path("image").asString(""))
            .filter(image -> image.names().contains(Gpus.PLUGIN))
            .isPresent();
    if (plugin) {
      room.devices().plugin(pod.uid() + "/" + slot.name(), runs);
    }
  }

  private void cannotStart(ContainerSlot slot, String message, Instant now) {
    slot.id = "mlk://" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    slot.begunOnce = true;
    slot.state =
        new ContainerState.Terminated(128, "StartError", message, Instant.EPOCH, now, slot.id);
    normal(slot, "Created", "Container created");
    warning(slot, "Failed", "Error: " + message);
  }

  private static boolean isCrashLoop(ContainerSlot slot) {
    return slot.last != null && slot.state instanceof ContainerState.Waiting;
  }

  private void crashLoop(ContainerSlot slot) {
    String back =
        "back-off "
            + slot.backOff().text()
            + " restarting failed container="
            + slot.name()
            + " pod="
            + pod;
    if (!(slot.state instanceof ContainerState.Waiting)) {
      warning(
          slot,
          "BackOff",
          "Back-off restarting failed container " + slot.name() + " in pod " + pod);
    }
    slot.state = new ContainerState.Waiting("CrashLoopBackOff", back);
  }

  /** Begins a container's end, once: says why, and runs its preStop hook. */
  void stop(ContainerSlot slot, String why) {
    if (slot.run.isPresent() && watchdogs.stop(slot)) {
      normal(slot, "Killing", why);
      watchdogs.preStop(slot, slot.run.get(), wake);
    }
  }

  /** Asks a container to end, once. */
  void terminate(ContainerSlot slot, Instant now) {
    if (slot.run.isPresent() && slot.asked.isEmpty()) {
      slot.asked = Optional.of(now);
      slot.run.get().workload().terminate();
    }
  }

  /** Ends a container at once. */
  void kill(ContainerSlot slot) {
    slot.run.ifPresent(run -> run.workload().kill());
  }

  private String message(ContainerSlot slot, Run run, int exitCode) {
    if (run.root().isEmpty()) {
      return "";
    }
    String path = slot.spec().path("terminationMessagePath").asString("/dev/termination-log");
    try (InputStream in =
        Files.newInputStream(run.root().get().checked(path), LinkOption.NOFOLLOW_LINKS)) {
      String message = new String(in.readNBytes(MESSAGE_BYTES), StandardCharsets.UTF_8);
      String policy = slot.spec().path("terminationMessagePolicy").asString("File");
      return message.isEmpty() && exitCode != 0 && policy.equals("FallbackToLogsOnError")
          ? lastWords(slot.log)
          : message;
    } catch (IOException | MountException e) {
      return "";
    }
  }

  private static String lastWords(Optional<ContainerLog> log) throws IOException {
    if (log.isEmpty()) {
      return "";
    }
    try (InputStream in = log.get().read(LogOptions.last(80))) {
      byte[] text = in.readAllBytes();
      int from = Math.max(0, text.length - MESSAGE_FROM_LOG);
      return new String(text, from, text.length - from, StandardCharsets.UTF_8);
    }
  }

  private void normal(ContainerSlot slot, String reason, String message) {
    room.events().normal(pod.about(slot.list(), slot.name()), reason, message);
  }

  private void warning(ContainerSlot slot, String reason, String message) {
    room.events().warning(pod.about(slot.list(), slot.name()), reason, message);
  }
}
