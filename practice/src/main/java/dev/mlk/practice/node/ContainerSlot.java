package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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
  private final JsonNode pod;
  private final String name;
  private final Path folder;
  private final BackOff backOff = new BackOff();
  private final Map<String, PullTries> pulls = new HashMap<>();
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

  /** Whether its postStart hook runs: containers after it wait. */
  volatile boolean hooking;

  /** Whether its preStop hook, if any, is through, now that it is to end. */
  volatile boolean hookDone;

  /** When it was asked to end. */
  Optional<Instant> asked = Optional.empty();

  /**
   * A container that has not begun.
   *
   * @param pod the pod's spec
   * @param folder the pod's folder
   */
  ContainerSlot(Role role, JsonNode spec, JsonNode pod, Path folder, ContainerState state) {
    this.role = role;
    this.spec = spec;
    this.pod = pod;
    this.name = spec.path("name").asString("");
    this.folder = folder.resolve("containers").resolve(name);
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

  /** How long it has to end when it is asked to, unless somebody says otherwise. */
  Duration grace() {
    return Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong(30));
  }

  /** Its own restart policy, or else its pod's. */
  private String policy() {
    String own = spec.path("restartPolicy").asString("");
    return own.isEmpty() ? pod.path("restartPolicy").asString("Always") : own;
  }

  /** Whether it would be restarted if it were killed while it runs. */
  boolean restartable() {
    return !policy().equals("Never");
  }

  /** Whether it is restarted after that exit code: by its rules first, then by its policy. */
  boolean restartsAfter(int exitCode) {
    if (spec.has("restartPolicy")) {
      for (JsonNode rule : spec.path("restartPolicyRules")) {
        if (matches(rule.path("exitCodes"), exitCode)
            && rule.path("action").asString("").equals("Restart")) {
          return true;
        }
      }
    }
    return switch (policy()) {
      case "Never" -> false;
      case "OnFailure" -> exitCode != 0;
      default -> true;
    };
  }

  private static boolean matches(JsonNode codes, int exitCode) {
    boolean listed = false;
    for (JsonNode value : codes.path("values")) {
      listed |= value.asInt(0) == exitCode;
    }
    return switch (codes.path("operator").asString("")) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      default -> false;
    };
  }

  BackOff backOff() {
    return backOff;
  }

  /** The tries to get the image that it is to have now. */
  PullTries pulls() {
    return pulls.computeIfAbsent(spec.path("image").asString(""), _ -> new PullTries());
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
