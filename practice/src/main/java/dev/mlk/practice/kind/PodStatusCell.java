package dev.mlk.practice.kind;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The first columns of a pod's row: how many containers are ready, its state, its restarts. */
final class PodStatusCell {
  private final ObjectNode pod;
  private final JsonNode status;
  private final Set<String> sidecars = new HashSet<>();
  private int total;
  private int ready;
  private long restarts;
  private long sidecarRestarts;
  private Optional<Instant> lastRestart = Optional.empty();
  private Optional<Instant> lastSidecarRestart = Optional.empty();
  private String reason;
  private boolean initializing;

  PodStatusCell(ObjectNode pod) {
    this.pod = pod;
    this.status = pod.path("status");
    this.total = pod.path("spec").path("containers").size();
    for (ObjectNode container : Tree.objects(pod.path("spec").path("initContainers"))) {
      if (Tree.text(container, "restartPolicy").equals("Always")) {
        sidecars.add(Tree.text(container, "name"));
        total++;
      }
    }
    this.reason = initialReason();
    initContainers();
    if (!initializing || hasCondition("Initialized")) {
      containers();
    }
    deletion();
  }

  /** {@code 1/2}. */
  String ready() {
    return ready + "/" + total;
  }

  /** {@code Running}, {@code CrashLoopBackOff}, {@code Init:0/1} ... */
  String state() {
    return reason;
  }

  /** {@code 2 (5m ago)}. */
  String restarts(Instant now) {
    if (restarts == 0 || lastRestart.isEmpty()) {
      return Long.toString(restarts);
    }
    Duration since = Duration.between(lastRestart.get(), now);
    return restarts + " (" + Ages.text(since) + " ago)";
  }

  private String initialReason() {
    for (ObjectNode condition : Tree.objects(status.path("conditions"))) {
      if (Tree.text(condition, "type").equals("PodScheduled")
          && Tree.text(condition, "reason").equals("SchedulingGated")) {
        return "SchedulingGated";
      }
    }
    String own = Tree.text(status, "reason");
    return own.isEmpty() ? Tree.text(status, "phase") : own;
  }

  private void initContainers() {
    int index = 0;
    for (ObjectNode container : Tree.objects(status.path("initContainerStatuses"))) {
      boolean sidecar = sidecars.contains(Tree.text(container, "name"));
      long count = Tree.number(container, "restartCount");
      Optional<Instant> ended = lastEnd(container);
      restarts += count;
      lastRestart = later(lastRestart, ended);
      if (sidecar) {
        sidecarRestarts += count;
        lastSidecarRestart = later(lastSidecarRestart, ended);
      }
      if (!done(container, sidecar)) {
        reason = "Init:" + initReason(container, index);
        initializing = true;
        return;
      }
      index++;
    }
  }

  private boolean done(ObjectNode container, boolean sidecar) {
    JsonNode terminated = container.path("state").path("terminated");
    if (terminated.isObject() && Tree.number(terminated, "exitCode") == 0) {
      return true;
    }
    if (sidecar && Tree.flag(container, "started")) {
      if (Tree.flag(container, "ready")) {
        ready++;
      }
      return true;
    }
    return false;
  }

  private String initReason(ObjectNode container, int index) {
    JsonNode terminated = container.path("state").path("terminated");
    if (terminated.isObject()) {
      return ending(terminated);
    }
    String waiting = Tree.text(container, "state", "waiting", "reason");
    if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
      return waiting;
    }
    return index + "/" + pod.path("spec").path("initContainers").size();
  }

  private void containers() {
    restarts = sidecarRestarts;
    lastRestart = lastSidecarRestart;
    boolean running = false;
    String error = "";
    for (ObjectNode container : Tree.objects(status.path("containerStatuses")).reversed()) {
      restarts += Tree.number(container, "restartCount");
      lastRestart = later(lastRestart, lastEnd(container));
      JsonNode state = container.path("state");
      String waiting = Tree.text(state, "waiting", "reason");
      if (!waiting.isEmpty()) {
        reason = waiting;
      } else if (state.path("terminated").isObject()) {
        reason = ending(state.path("terminated"));
        error = Tree.number(state, "terminated", "exitCode") == 0 ? error : reason;
      } else if (Tree.flag(container, "ready") && state.path("running").isObject()) {
        running = true;
        ready++;
      }
    }
    if (reason.equals("Completed")) {
      reason = completed(running, error);
    }
  }

  /** A pod that goes on, or that failed in part, is not completed. */
  private String completed(boolean running, String error) {
    if (running && hasCondition("Ready")) {
      return "Running";
    }
    if (!error.isEmpty()) {
      return error;
    }
    return running ? "NotReady" : "Completed";
  }

  private void deletion() {
    if (!Tree.has(pod.path("metadata"), "deletionTimestamp")) {
      return;
    }
    String phase = Tree.text(status, "phase");
    if (Tree.text(status, "reason").equals("NodeLost")) {
      reason = "Unknown";
    } else if (!phase.equals("Succeeded") && !phase.equals("Failed")) {
      reason = "Terminating";
    }
  }

  private boolean hasCondition(String type) {
    for (ObjectNode condition : Tree.objects(status.path("conditions"))) {
      if (Tree.text(condition, "type").equals(type)) {
        return Tree.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static String ending(JsonNode terminated) {
    String reason = Tree.text(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    long signal = Tree.number(terminated, "signal");
    return signal == 0 ? "ExitCode:" + Tree.number(terminated, "exitCode") : "Signal:" + signal;
  }

  private static Optional<Instant> lastEnd(ObjectNode container) {
    return Ages.moment(Tree.at(container, "lastState", "terminated", "finishedAt"));
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && (other.isEmpty() || one.get().isAfter(other.get())) ? one : other;
  }
}
