package dev.mlk.course.diagnosis;

import dev.mlk.course.Check.Words;
import dev.mlk.course.Workload;
import dev.mlk.course.check.Objects;
import dev.mlk.course.check.Scene;
import dev.mlk.course.check.Vocabulary;
import dev.mlk.facts.Nodes;
import dev.mlk.tfjob.validation.Severity;
import dev.mlk.tfjob.validation.TfJobValidation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What is the matter with a workload that is there. */
final class Present {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Set<String> SERVERS = Set.of("Deployment", "StatefulSet", "DaemonSet");

  private final Workload workload;
  private final JsonNode object;
  private final Scene scene;

  Present(Workload workload, JsonNode object, Scene scene) {
    this.workload = workload;
    this.object = object;
    this.scene = scene;
  }

  /**
   * The first reason that applies; empty when nothing is the matter.
   *
   * @param code the code that the failing check would give by itself
   */
  Optional<Words> why(String code) {
    List<JsonNode> pods = new Objects(scene).podsOf(workload.kind(), workload.name());
    if (workload.kind().equals("TFJob")) {
      Optional<Words> own = tfJob(pods);
      if (own.isPresent()) {
        return own;
      }
    }
    boolean replaced = workload.kind().equals("Job") || workload.kind().equals("CronJob");
    Crash crash = new Crash(scene);
    return (pods.isEmpty() ? notCreated() : Optional.<Words>empty())
        .or(() -> new PodTrouble(scene).of(pods))
        .or(() -> crash.of(pods, replaced))
        .or(() -> ended() || serves() ? Optional.empty() : crash.silent(training(pods)))
        .or(() -> waits(code, pods));
  }

  private Optional<Words> tfJob(List<JsonNode> pods) {
    for (var type : object.path("spec").path("tfReplicaSpecs").properties()) {
      JsonNode policy = type.getValue().path("template").path("spec").path("restartPolicy");
      if (policy.isString()) {
        return Optional.of(
            new Words(
                "TF-RESTART-IN-TEMPLATE",
                type.getKey()
                    + ": restartPolicy "
                    + policy.asString()
                    + " in the pod template, where it does not count",
                "restartPolicy beside replicas",
                "the operator reads the replica's own policy and sets the pod's; the default is"
                    + " Never",
                "move restartPolicy two levels up, beside replicas"));
      }
    }
    for (var finding : TfJobValidation.problems(object)) {
      Optional<Words> words =
          finding.severity() == Severity.ERROR
              ? Refusals.known(finding.refusal() + " " + finding.text())
              : Optional.empty();
      if (words.isPresent()) {
        return words;
      }
    }
    // A real operator writes no status while its pods cannot be created.
    return pods.isEmpty() ? notCreated().or(this::operatorSilent) : Optional.empty();
  }

  private Optional<Words> operatorSilent() {
    Instant made =
        Instant.parse(
            object.path("metadata").path("creationTimestamp").asString("1970-01-01T00:00:00Z"));
    Duration age = Duration.between(made, scene.clock().instant());
    return object.path("status").path("conditions").isEmpty() && age.compareTo(SILENCE) > 0
        ? Optional.of(
            new Words(
                "OPERATOR-SILENT",
                "the TFJob has no condition " + age.toSeconds() + " s after it was made",
                "the condition Created",
                "a custom resource is only data until an operator acts on it",
                "mlk cluster check --only tfjob"))
        : Optional.empty();
  }

  private Optional<Words> notCreated() {
    List<String> owners = new ArrayList<>(List.of(workload.name()));
    if (workload.kind().equals("Deployment")) {
      new Objects(scene)
          .select("ReplicaSet", "", "").stream()
              .map(Nodes::name)
              .filter(name -> name.startsWith(workload.name() + "-"))
              .forEach(owners::add);
    }
    return new Objects(scene)
        .select("Event", "", "").stream()
            .filter(
                event ->
                    event.path("reason").asString("").startsWith("FailedCreate")
                        && owners.contains(event.path("involvedObject").path("name").asString(""))
                        && ofThis(event.path("involvedObject")))
            .map(event -> event.path("message").asString(""))
            .findFirst()
            .map(Present::refusedPod);
  }

  /** Events outlive the object that they are about: a later one of the same name has its own. */
  private boolean ofThis(JsonNode involved) {
    String uid = involved.path("uid").asString("");
    return uid.isEmpty()
        || !involved.path("kind").asString("").equals(workload.kind())
        || uid.equals(object.path("metadata").path("uid").asString(""));
  }

  private static Words refusedPod(String message) {
    boolean owner = message.contains("blockOwnerDeletion");
    Optional<Words> known = owner ? Optional.empty() : Refusals.known(message);
    if (known.isPresent()) {
      return known.get();
    }
    return new Words(
        owner ? "RBAC-OWNERREF" : "POD-REFUSED",
        message,
        "that the pods can be created",
        owner ? "the operator may not set finalizers of the objects that it makes pods for" : "",
        owner
            ? "mlk cluster check --only tfjob"
            : "kubectl get events -n ${namespace} --sort-by=.lastTimestamp");
  }

  /** Who waits for requests has nothing to say while nobody asks. */
  private boolean serves() {
    return SERVERS.contains(workload.kind());
  }

  private static List<JsonNode> training(List<JsonNode> pods) {
    return pods.stream()
        .filter(pod -> !Nodes.label(pod, "training.kubeflow.org/replica-type").equals("ps"))
        .toList();
  }

  private boolean ended() {
    for (String type : List.of("Complete", "Succeeded", "Failed")) {
      if (Nodes.condition(object, type).path("status").asString("").equals("True")) {
        return true;
      }
    }
    return false;
  }

  private Optional<Words> waits(String code, List<JsonNode> pods) {
    if (!code.equals(Vocabulary.NOT_YET) || ended()) {
      return Optional.empty();
    }
    List<String> phases =
        pods.stream()
            .map(pod -> Nodes.name(pod) + " " + pod.path("status").path("phase").asString(""))
            .toList();
    return Optional.of(
        new Words(
            Vocabulary.NOT_YET,
            phases.isEmpty() ? "it has no pods yet" : String.join(", ", phases),
            "",
            "nothing is wrong: it needs a little time",
            "kubectl get pods -n ${namespace} --watch shows it; then verify again"));
  }
}
