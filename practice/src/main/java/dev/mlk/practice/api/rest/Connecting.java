package dev.mlk.practice.api.rest;

import dev.mlk.kube.Resource;
import dev.mlk.practice.api.admission.Admission;
import dev.mlk.practice.api.admission.Attempt;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.kubelet.PodStreams.Target;
import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.stream.PodStream;
import dev.mlk.practice.stream.Upgrade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Connects clients with running pods: exec, attach and portforward. */
final class Connecting {
  private final Objects objects;
  private final PodStreams pods;
  private final Admission admission;

  Connecting(Objects objects, PodStreams pods, Admission admission) {
    this.objects = objects;
    this.pods = pods;
    this.admission = admission;
  }

  /** Checks all that can be checked before the connection is upgraded. */
  Answer connect(String verb, Action action) {
    if (!verb.equals("create") && !verb.equals("get")) {
      throw ApiError.methodNotAllowed();
    }
    refuseDryRun(action);
    ObjectNode pod =
        objects
            .find(action.served(), action.namespace(), action.name())
            .orElseThrow(() -> ApiError.notFound(action.served().resource(), action.name()));
    PodStream wanted =
        action.subresource().equals("portforward") ? ports(action, pod) : command(action, pod);
    admission.validate(attempt(action));
    if (action.call().header("upgrade").isEmpty()) {
      throw ApiError.badRequest("Upgrade request required");
    }
    return Upgrade.choose(action.call().headers(), wanted, pods)
        .map(Answer::upgrade)
        .orElseThrow(
            () -> ApiError.of(403, "Forbidden", "unable to upgrade: no protocol in common"));
  }

  /** Lets admission see a connection whose options are all in its path. */
  void admit(Action action) {
    refuseDryRun(action);
    admission.validate(attempt(action));
  }

  /** What a connection does cannot be tried out. */
  private static void refuseDryRun(Action action) {
    if (action.call().query().containsKey("dryRun")) {
      throw ApiError.badRequest("dryRun is not supported");
    }
  }

  /** The connection as an attempt whose object is its options. */
  private static Attempt attempt(Action action) {
    String part = action.subresource();
    String kind =
        switch (part) {
          case "exec" -> "PodExecOptions";
          case "attach" -> "PodAttachOptions";
          case "proxy" -> action.served().resource().kind() + "ProxyOptions";
          default -> "PodPortForwardOptions";
        };
    ObjectNode options = Json.object().put("kind", kind).put("apiVersion", "v1");
    Call call = action.call();
    for (String flag : List.of("stdin", "stdout", "stderr", "tty")) {
      if (call.asks(flag)) {
        options.put(flag, true);
      }
    }
    if (!call.query("container").isEmpty()) {
      options.put("container", call.query("container"));
    }
    call.query()
        .getOrDefault("command", List.of())
        .forEach(word -> options.withArray("command").add(word));
    return new Attempt(
        Attempt.Operation.CONNECT,
        action.served(),
        part,
        action.namespace(),
        action.name(),
        Resource.namespaced("", "v1", part, kind),
        options,
        Optional.empty(),
        WriteOptions.of(action, Attempt.Operation.CONNECT),
        action.user(),
        false,
        action.warnings());
  }

  private static PodStream ports(Action action, ObjectNode pod) {
    requireHost(pod, action.name());
    List<Integer> ports = new ArrayList<>();
    for (String list : action.call().query().getOrDefault("ports", List.of())) {
      for (String port : list.split(",", -1)) {
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || port.equals("0")) {
          throw ApiError.badRequest("unable to parse \"" + port + "\" as a port");
        }
        ports.add(Integer.valueOf(port));
      }
    }
    String first = pod.path("spec").path("containers").path(0).path("name").asString("");
    return new PodStream.Ports(target(pod, first), ports);
  }

  private static PodStream command(Action action, ObjectNode pod) {
    Call call = action.call();
    boolean attach = action.subresource().equals("attach");
    List<String> command = call.query().getOrDefault("command", List.of());
    boolean terminal = call.asks("tty");
    boolean stderr = call.asks("stderr") && !terminal;
    String container = container(call.query("container"), action.name(), pod.path("spec"));
    requireHost(pod, action.name());
    // From here on the kubelet answers.
    if (!attach && command.isEmpty()) {
      throw ApiError.badRequest("you must specify at least 1 command for the container");
    }
    if (!call.asks("stdin") && !call.asks("stdout") && !stderr) {
      throw ApiError.badRequest("you must specify at least 1 of stdin, stdout, stderr");
    }
    return new PodStream.Command(
        target(pod, container),
        attach ? List.of() : command,
        call.asks("stdin"),
        call.asks("stdout"),
        stderr,
        terminal);
  }

  /** The container that the client means: the one it names, or the only one. */
  static String container(String named, String pod, JsonNode spec) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      for (JsonNode container : spec.path(list)) {
        names.add(container.path("name").asString(""));
      }
    }
    if (named.isEmpty()) {
      if (names.size() == 1) {
        return names.getFirst();
      }
      throw ApiError.badRequest(
          "a container name must be specified for pod "
              + pod
              + ", choose one of: ["
              + String.join(" ", names)
              + "]");
    }
    if (!names.contains(named)) {
      throw ApiError.badRequest("container " + named + " is not valid for pod " + pod);
    }
    return named;
  }

  private static void requireHost(ObjectNode pod, String name) {
    if (pod.path("spec").path("nodeName").asString("").isEmpty()) {
      throw ApiError.badRequest("pod " + name + " does not have a host assigned");
    }
  }

  static Target target(ObjectNode pod, String container) {
    JsonNode metadata = pod.path("metadata");
    return new Target(
        metadata.path("namespace").asString(""),
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        container);
  }
}
