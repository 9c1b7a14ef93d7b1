package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A container of a pod through all its runs. Only the pod's worker changes it; others may look at
 * the volatile parts.
 */
final class ContainerSlot {
  /** Its part in the pod. */
  enum Role {
    INIT,
    SIDECAR,
    MAIN
  }

  private final Role role;
  private final String name;
  private final Path folder;
  private final BackOff backOff = new BackOff();
  private final BackOff pullBackOff = new BackOff();
  private JsonNode spec;

  volatile ContainerState state;
  final AtomicInteger restarts = new AtomicInteger();
  volatile Optional<Run> run = Optional.empty();
  volatile Optional<ContainerLog> log = Optional.empty();
  ContainerState.Terminated last;
  String id = "";
  String imageId = "";
  boolean ready;
  boolean started;
  boolean begunOnce;
  Optional<Instant> pullFailed = Optional.empty();
  String pullFailure = "";

  ContainerSlot(Role role, JsonNode spec, Path pod, ContainerState state) {
    this.role = role;
    this.spec = spec;
    this.name = spec.path("name").asString("");
    this.folder = pod.resolve("containers").resolve(name);
    this.state = state;
  }

  /** Takes over what an earlier life of the cluster has written about it. */
  void adopt(JsonNode status, Instant now) {
    restarts.set(status.path("restartCount").asInt(0));
    id = status.path("containerID").asString("");
    imageId = status.path("imageID").asString("");
    if (ContainerState.of(status.path("lastState")) instanceof ContainerState.Terminated ended) {
      last = ended;
    }
    state = ContainerState.of(status.path("state"));
    begunOnce = !id.isEmpty();
    if (state instanceof ContainerState.Running running) {
      // As after a reboot of a node: nobody saw how it ended.
      state =
          new ContainerState.Terminated(
              255,
              "Unknown",
              "the node was restarted while the container ran",
              running.started(),
              now,
              id);
    }
  }

  Role role() {
    return role;
  }

  String name() {
    return name;
  }

  JsonNode spec() {
    return spec;
  }

  /** Takes a changed image; everything else of a container never changes. */
  void spec(JsonNode changed) {
    spec = changed;
  }

  BackOff backOff() {
    return backOff;
  }

  BackOff pullBackOff() {
    return pullBackOff;
  }

  String list() {
    return role == Role.MAIN ? "containers" : "initContainers";
  }

  Path root() {
    return folder.resolve("root");
  }

  Path logFile(int ofRestart) {
    return folder.resolve("logs").resolve(ofRestart + ".log");
  }

  boolean running() {
    return state instanceof ContainerState.Running;
  }

  Optional<ContainerState.Terminated> ended() {
    return state instanceof ContainerState.Terminated ended ? Optional.of(ended) : Optional.empty();
  }

  boolean succeeded() {
    return ended().map(ContainerState.Terminated::succeeded).orElse(false);
  }
}
