package dev.mlk.practice.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a pod: its containers are asked to end, its sidecars after them, and whoever still
 * runs when the time is up is killed.
 */
final class PodStop {
  private final PodContainers containers;
  private final ContainerLife life;
  private final String reason;
  private final String message;
  private Optional<Instant> deadline = Optional.empty();

  PodStop(PodContainers containers, ContainerLife life, String reason, String message) {
    this.containers = containers;
    this.life = life;
    this.reason = reason;
    this.message = message;
  }

  /** Sets the time; a later, shorter one counts, a longer one does not. */
  void within(Duration grace, Instant now) {
    Instant end = now.plus(grace);
    if (deadline.isEmpty() || end.isBefore(deadline.get())) {
      deadline = Optional.of(end);
    }
  }

  /** Does what is due. Returns when the time is up, while something runs. */
  Optional<Instant> look(Instant now) {
    List<ContainerSlot> running = containers.running();
    if (running.isEmpty()) {
      return Optional.empty();
    }
    boolean mains = running.stream().anyMatch(slot -> slot.role() != ContainerSlot.Role.SIDECAR);
    for (ContainerSlot slot : running.reversed()) {
      if (!mains || slot.role() != ContainerSlot.Role.SIDECAR) {
        life.stop(slot, "Stopping container " + slot.name());
      }
    }
    if (deadline.filter(end -> !now.isBefore(end)).isPresent()) {
      running.forEach(life::kill);
      return Optional.empty();
    }
    return deadline;
  }

  String reason() {
    return reason;
  }

  String message() {
    return message;
  }
}
