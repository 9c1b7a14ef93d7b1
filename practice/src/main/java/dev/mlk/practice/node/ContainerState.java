package dev.mlk.practice.node;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where a container is in its life. */
sealed interface ContainerState {
  /** Not running yet, or not again. */
  record Waiting(String reason, String message) implements ContainerState {}

  /** Running. */
  record Running(Instant started) implements ContainerState {}

  /** Ended. */
  record Terminated(
      int exitCode, String reason, String message, Instant started, Instant finished, String id)
      implements ContainerState {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** As a container status holds it. */
  default ObjectNode json() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case Waiting waiting -> {
        ObjectNode json = state.putObject("waiting").put("reason", waiting.reason());
        if (!waiting.message().isEmpty()) {
          json.put("message", waiting.message());
        }
      }
      case Running running -> state.putObject("running").put("startedAt", text(running.started()));
      case Terminated ended -> {
        ObjectNode json = state.putObject("terminated").put("exitCode", ended.exitCode());
        json.put("reason", ended.reason());
        if (!ended.message().isEmpty()) {
          json.put("message", ended.message());
        }
        json.put("startedAt", text(ended.started()));
        json.put("finishedAt", text(ended.finished()));
        json.put("containerID", ended.id());
      }
    }
    return state;
  }

  /** What an earlier life of the cluster has written, or a container that has not begun. */
  static ContainerState of(JsonNode state) {
    if (state.has("running")) {
      return new Running(instant(state.path("running").path("startedAt")));
    }
    if (state.has("terminated")) {
      JsonNode ended = state.path("terminated");
      return new Terminated(
          ended.path("exitCode").asInt(0),
          ended.path("reason").asString(""),
          ended.path("message").asString(""),
          instant(ended.path("startedAt")),
          instant(ended.path("finishedAt")),
          ended.path("containerID").asString(""));
    }
    JsonNode waiting = state.path("waiting");
    return new Waiting(waiting.path("reason").asString(""), waiting.path("message").asString(""));
  }

  /** A time as the API writes it. */
  static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Instant instant(JsonNode time) {
    String text = time.asString("");
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }
}
