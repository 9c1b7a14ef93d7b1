package dev.mlk.practice.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The end of a pod. All containers are told at once and their preStop hooks run; then they are
 * asked to end, sidecars only when the containers before which they started have ended; whoever
 * still runs when the time is up is killed.
 */
final class PodStop {
  /** Even without any time a container has so long between the request and the kill. */
  private static final Duration LEAST = Duration.ofSeconds(2);

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

  /** Does what is due. Returns when to look again, while something runs. */
  Optional<Instant> look(Instant now) {
    List<ContainerSlot> running = containers.running();
    Instant end = deadline.orElse(now);
    boolean late = !now.isBefore(end);
    Optional<Instant> again = Optional.empty();
    for (ContainerSlot slot : running) {
      life.stop(slot, "Stopping container " + slot.name());
      if (late || (slot.hookDone && turn(slot, running))) {
        life.terminate(slot, now);
      }
      Instant next = next(slot, end);
      if (slot.asked.isPresent() && !now.isBefore(next)) {
        life.kill(slot);
      } else if (again.isEmpty() || next.isBefore(again.get())) {
        again = Optional.of(next);
      }
    }
    return again;
  }

  private static Instant next(ContainerSlot slot, Instant end) {
    Instant least = slot.asked.map(asked -> asked.plus(LEAST)).orElse(end);
    return least.isAfter(end) ? least : end;
  }

  /** Sidecars wait for the main containers and for those sidecars that started after them. */
  private static boolean turn(ContainerSlot slot, List<ContainerSlot> running) {
    if (slot.role() != ContainerSlot.Role.SIDECAR) {
      return true;
    }
    boolean after = false;
    for (ContainerSlot other : running) {
      if (other == slot) {
        after = true;
      } else if (after || other.role() != ContainerSlot.Role.SIDECAR) {
        return false;
      }
    }
    return true;
  }

  String reason() {
    return reason;
  }

  String message() {
    return message;
  }
}
