package dev.mlk.practice.node;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The containers of a pod in order, and what their states mean for the pod. */
final class PodContainers {
  private final List<ContainerSlot> slots = new ArrayList<>();
  private final JsonNode spec;

  PodContainers(JsonNode pod, Path folder, Instant now) {
    spec = pod.path("spec");
    JsonNode status = pod.path("status");
    boolean init = !spec.path("initContainers").isEmpty();
    for (JsonNode container : spec.path("initContainers")) {
      boolean sidecar = container.path("restartPolicy").asString("").equals("Always");
      ContainerSlot.Role role = sidecar ? ContainerSlot.Role.SIDECAR : ContainerSlot.Role.INIT;
      add(role, container, folder, "PodInitializing");
    }
    for (JsonNode container : spec.path("containers")) {
      String waiting = init ? "PodInitializing" : "ContainerCreating";
      add(ContainerSlot.Role.MAIN, container, folder, waiting);
    }
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode each : status.path(list)) {
        find(each.path("name").asString("")).ifPresent(slot -> slot.adopt(each, now));
      }
    }
  }

  private void add(ContainerSlot.Role role, JsonNode container, Path folder, String waiting) {
    slots.add(
        new ContainerSlot(role, container, spec, folder, new ContainerState.Waiting(waiting, "")));
  }

  List<ContainerSlot> all() {
    return slots;
  }

  Optional<ContainerSlot> find(String name) {
    return slots.stream().filter(slot -> slot.name().equals(name)).findFirst();
  }

  List<ContainerSlot> of(ContainerSlot.Role role) {
    return slots.stream().filter(slot -> slot.role() == role).toList();
  }

  List<ContainerSlot> running() {
    return slots.stream().filter(slot -> slot.run.isPresent()).toList();
  }

  /** Takes images that were changed in the API. */
  void respec(JsonNode pod) {
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : pod.path("spec").path(list)) {
        find(container.path("name").asString("")).ifPresent(slot -> slot.spec(container));
      }
    }
  }

  /** Whether a container that is not running has to run (again). */
  boolean due(ContainerSlot slot) {
    if (slot.run.isPresent()) {
      return false;
    }
    Optional<ContainerState.Terminated> ended = slot.ended();
    if (ended.isEmpty()) {
      return true;
    }
    return switch (slot.role()) {
      case SIDECAR -> true;
      case INIT -> !ended.get().succeeded() && slot.restartsAfter(ended.get().exitCode());
      case MAIN -> slot.restartsAfter(ended.get().exitCode());
    };
  }

  /** Whether an init container has failed for good. */
  boolean initFailed() {
    return of(ContainerSlot.Role.INIT).stream()
        .anyMatch(slot -> slot.ended().isPresent() && !slot.succeeded() && !due(slot));
  }

  boolean anyMainBegun() {
    return of(ContainerSlot.Role.MAIN).stream().anyMatch(slot -> slot.begunOnce);
  }

  /** Whether all containers that count have ended and none will run again. */
  boolean done() {
    return initFailed()
        || of(ContainerSlot.Role.MAIN).stream()
            .allMatch(slot -> slot.ended().isPresent() && !due(slot));
  }

  /** The phase by the states alone. */
  String phase() {
    List<ContainerSlot> mains = of(ContainerSlot.Role.MAIN);
    if (done() && of(ContainerSlot.Role.SIDECAR).stream().allMatch(slot -> slot.run.isEmpty())) {
      return terminalPhase();
    }
    if (initFailed()) {
      return "Pending";
    }
    return mains.stream().allMatch(slot -> slot.begunOnce || slot.last != null)
        ? "Running"
        : "Pending";
  }

  /** The phase of a pod whose containers have ended or will not begin any more. */
  String terminalPhase() {
    boolean well =
        !initFailed() && of(ContainerSlot.Role.MAIN).stream().allMatch(ContainerSlot::succeeded);
    return well ? "Succeeded" : "Failed";
  }
}
