package dev.mlk.course.diagnosis;

import dev.mlk.course.Check.Words;
import dev.mlk.course.check.GpuCause;
import dev.mlk.course.check.Objects;
import dev.mlk.course.check.Scene;
import dev.mlk.facts.Nodes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Why a workload's pods do not start: no node, no image, no container. */
final class PodTrouble {
  private static final Set<String> NO_IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");
  private static final Set<String> NO_CONTAINER =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private final Scene scene;

  PodTrouble(Scene scene) {
    this.scene = scene;
  }

  /** The first trouble of any pod, in the order in which a pod comes to life. */
  Optional<Words> of(List<JsonNode> pods) {
    return pods.stream()
        .flatMap(pod -> unscheduled(pod).stream())
        .findFirst()
        .or(() -> pods.stream().flatMap(pod -> waiting(pod).stream()).findFirst());
  }

  private Optional<Words> unscheduled(JsonNode pod) {
    JsonNode scheduled = Nodes.condition(pod, "PodScheduled");
    if (!pod.path("spec").path("nodeName").asString("").isEmpty()
        || !scheduled.path("reason").asString("").equals("Unschedulable")) {
      return Optional.empty();
    }
    String message = scheduled.path("message").asString("");
    if (message.toLowerCase(java.util.Locale.ROOT).contains("persistentvolumeclaim")) {
      return Optional.of(
          words(
              "PVC-UNBOUND",
              pod,
              message,
              "a claim that is there and Bound",
              "a pod starts only when all its volumes are there",
              "kubectl get pvc -n ${namespace}"));
    }
    Objects objects = new Objects(scene);
    Optional<GpuCause> gpus =
        GpuCause.of(pod, objects.select("Node", "", ""), objects.everywhere("Pod"));
    if (gpus.isPresent() && forGpus(gpus.get(), message)) {
      GpuCause cause = gpus.get();
      return Optional.of(
          words(
              cause.code(),
              pod,
              cause.seen() + " (" + message + ")",
              "a node with that many free GPUs",
              "the scheduler only takes nodes whose allocatable less what is taken is enough",
              cause.next()));
    }
    return Optional.of(other(pod, message));
  }

  /** Nodes that are not ready have a taint, and what they lack is not looked at. */
  private static boolean forGpus(GpuCause cause, String message) {
    return message.contains("Insufficient nvidia.com/gpu")
        || (cause.code().equals("GPU-NODE-NOTREADY") && message.contains("untolerated taint"));
  }

  private static Words other(JsonNode pod, String message) {
    if (message.contains("untolerated taint")) {
      return words(
          "TAINT",
          pod,
          message,
          "a toleration for the taint",
          "a taint keeps pods away that do not say that they may go there",
          "add spec.tolerations with the taint's key, operator: Exists and its effect");
    }
    if (message.contains("node affinity/selector") || message.contains("node selector")) {
      return words(
          "NODE-SELECTOR",
          pod,
          message,
          "a node with the labels that the pod asks for",
          "nodeSelector and affinity rule nodes out before resources are looked at",
          "kubectl get nodes --show-labels");
    }
    return words(
        message.contains("Insufficient alpha.kubernetes.io/nvidia-gpu")
            ? "GPU-ALPHA-NAME"
            : "NO-ROOM",
        pod,
        message,
        "a node with so much free",
        "requests are what the scheduler counts, whether they are used or not",
        "ask for less, or delete what you need no more");
  }

  private static Optional<Words> waiting(JsonNode pod) {
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : pod.path("status").path(list)) {
        JsonNode waiting = status.path("state").path("waiting");
        String reason = waiting.path("reason").asString("");
        String message = waiting.path("message").asString(reason);
        if (NO_IMAGE.contains(reason)) {
          return Optional.of(image(pod, status, reason, message));
        }
        if (NO_CONTAINER.contains(reason)) {
          return Optional.of(
              words(
                  "CONFIG-ERROR",
                  pod,
                  message,
                  "all ConfigMaps, Secrets and keys that the container names",
                  "the image is there, but the container cannot be made from what the pod names",
                  "kubectl describe pod -n ${namespace} " + Nodes.name(pod)));
        }
      }
    }
    return Optional.empty();
  }

  private static Words image(JsonNode pod, JsonNode status, String reason, String message) {
    return words(
        "IMG-PULL",
        pod,
        status.path("image").asString("") + ": " + reason + ": " + message,
        "an image that the registry has, for this machine, and may give you",
        "a registry answers 404 for a wrong name, 401 where it wants a login, "
            + "and 429 when you asked too often",
        "correct the image in your file; kubectl describe pod -n ${namespace} "
            + Nodes.name(pod)
            + " shows the whole answer");
  }

  static Words words(
      String code, JsonNode pod, String seen, String expected, String why, String next) {
    return new Words(code, "pod " + Nodes.name(pod) + ": " + seen, expected, why, next);
  }
}
