package dev.mlk.course.diagnosis;

import dev.mlk.course.Check.Words;
import dev.mlk.course.check.Scene;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Why a workload's containers ended, or do not get on. */
final class Crash {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LAST_LINES = 5;
  private static final Pattern ENVIRONMENT =
      Pattern.compile(
          "NoneType|KeyError: ['\"]?[A-Z][A-Z0-9_]+|(environment variable|env(ironment)?)\\b.*"
              + "(not set|missing|required|unset)|(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+).*"
              + "(not set|is missing|is required|unset|parameter not set)");

  private final Scene scene;

  Crash(Scene scene) {
    this.scene = scene;
  }

  /** How the newest pods ended badly; empty when none did. */
  Optional<Words> of(List<JsonNode> pods, boolean replaced) {
    List<JsonNode> looked = replaced ? newest(pods) : pods;
    for (JsonNode pod : looked) {
      for (JsonNode status : pod.path("status").path("containerStatuses")) {
        Optional<JsonNode> end = end(pod, status);
        if (end.isPresent()) {
          return Optional.of(words(pod, status, end.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** A Job makes a new pod for one that failed: only the last one counts. */
  private static List<JsonNode> newest(List<JsonNode> pods) {
    return pods.stream()
        .max(
            Comparator.comparing(
                pod -> pod.path("metadata").path("creationTimestamp").asString("")))
        .stream()
        .toList();
  }

  private static Optional<JsonNode> end(JsonNode pod, JsonNode status) {
    JsonNode now = status.path("state").path("terminated");
    if (now.isObject() && now.path("exitCode").asInt(0) != 0) {
      return Optional.of(now);
    }
    boolean waits =
        status.path("state").path("waiting").path("reason").asString("").equals("CrashLoopBackOff");
    JsonNode before = status.path("lastState").path("terminated");
    boolean succeeded = pod.path("status").path("phase").asString("").equals("Succeeded");
    return waits && !succeeded && before.isObject() ? Optional.of(before) : Optional.empty();
  }

  private Words words(JsonNode pod, JsonNode status, JsonNode end) {
    int code = end.path("exitCode").asInt(0);
    String container = status.path("name").asString("");
    if (end.path("reason").asString("").equals("OOMKilled")) {
      return PodTrouble.words(
          "CRASH-OOM",
          pod,
          "OOMKilled, exit code " + code + limit(pod, container),
          "a memory limit above what the program needs",
          "the kernel ends a container that goes beyond its memory limit",
          "raise resources.limits.memory (Mi, Gi), or make the batch smaller");
    }
    String message = end.path("message").asString("");
    List<String> lines = lastLines(pod, container, status.path("restartCount").asInt(0) > 0);
    String said = lines.isEmpty() ? message : String.join(" | ", lines);
    String seen = "exit code " + code + (said.isEmpty() ? "" : "; its last lines: " + said);
    if (code == 126 || code == 127 || code == 128) {
      return PodTrouble.words(
          "CRASH-CMD",
          pod,
          seen,
          "a command that is in the image",
          "command replaces the image's ENTRYPOINT; args are given to it",
          "leave command out, and put what you want to pass into args");
    }
    boolean environment = ENVIRONMENT.matcher(said).find();
    return PodTrouble.words(
        environment ? "CRASH-ENV" : "CRASH",
        pod,
        seen,
        environment ? "the environment variables that the program reads" : "exit code 0",
        environment
            ? "a program in a container has only the environment that the pod gives it"
            : "the program itself gave up; its last lines say why",
        environment
            ? "add the variable under env of the container"
            : "kubectl logs -n ${namespace} " + Nodes.name(pod));
  }

  private static String limit(JsonNode pod, String container) {
    for (JsonNode one : pod.path("spec").path("containers")) {
      String limit = one.path("resources").path("limits").path("memory").asString("");
      if (one.path("name").asString("").equals(container) && !limit.isEmpty()) {
        return ", limit " + limit;
      }
    }
    return "";
  }

  private List<String> lastLines(JsonNode pod, String container, boolean restarted) {
    Request request = log(pod, container, LAST_LINES);
    try {
      List<String> lines = scene.cluster().reader().lines(request, line -> !line.isBlank());
      return lines.isEmpty() && restarted
          ? scene.cluster().reader().lines(request.query("previous", "true"), l -> !l.isBlank())
          : lines;
    } catch (ApiException e) {
      // No log is left: then the exit code must do.
      return List.of();
    }
  }

  private static Request log(JsonNode pod, String container, int lines) {
    String namespace = pod.path("metadata").path("namespace").asString("");
    return Request.of(
            "GET", "/api/v1/namespaces/" + namespace + "/pods/" + Nodes.name(pod) + "/log")
        .query("container", container)
        .query("tailLines", Integer.toString(lines));
  }

  /** A pod that runs, and has said nothing for a while. */
  Optional<Words> silent(List<JsonNode> pods) {
    for (JsonNode pod : pods) {
      for (JsonNode status : pod.path("status").path("containerStatuses")) {
        Optional<Instant> since = time(status.path("state").path("running").path("startedAt"));
        if (since.isPresent()
            && longAgo(since.get())
            && longAgo(lastWord(pod, status, since.get()))) {
          return Optional.of(
              PodTrouble.words(
                  "NO-PROGRESS",
                  pod,
                  "it runs, and has logged nothing for "
                      + Duration.between(
                              lastWord(pod, status, since.get()), scene.clock().instant())
                          .toSeconds()
                      + " s",
                  "a program that gets on",
                  "it may wait for peers that are not there, for input, or for a lock",
                  "kubectl logs -n ${namespace} " + Nodes.name(pod)));
        }
      }
    }
    return Optional.empty();
  }

  private boolean longAgo(Instant since) {
    return since.plus(PATIENCE).isBefore(scene.clock().instant());
  }

  private Instant lastWord(JsonNode pod, JsonNode status, Instant otherwise) {
    Request request = log(pod, status.path("name").asString(""), 1).query("timestamps", "true");
    try {
      List<String> lines = scene.cluster().reader().lines(request, _ -> true);
      return lines.isEmpty() ? otherwise : Instant.parse(lines.getLast().split(" ", 2)[0]);
    } catch (ApiException | DateTimeException e) {
      return otherwise;
    }
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
  }
}
