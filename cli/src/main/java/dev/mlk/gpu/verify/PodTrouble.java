package dev.mlk.gpu.verify;

import dev.mlk.job.Replica;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Why a smoke pod does not run.
 *
 * @param why one sentence with the cause
 * @param expected what should have been
 * @param next what helps
 * @param hopeless whether waiting will not change it
 */
record PodTrouble(String why, String expected, String next, boolean hopeless) {
  /** What a pod waits for; empty when it is on its way and there is nothing to say. */
  static Optional<PodTrouble> of(JsonNode pod) {
    Replica view = new Replica(pod);
    if (view.node().isEmpty()) {
      return unscheduled(view);
    }
    JsonNode waiting = view.waiting();
    String reason = waiting.path("reason").asString("");
    String message = waiting.path("message").asString("");
    String image = pod.path("spec").path("containers").path(0).path("image").asString("");
    if (view.lacksImage()) {
      return Optional.of(
          new PodTrouble(
              "the image " + image + " cannot be pulled (" + reason + "): " + message,
              "an image that the node can pull",
              "mlk gpu verify --image YOUR/TENSORFLOW-GPU-IMAGE",
              view.lacksImageForGood()));
    }
    if (view.cannotBeCreated()) {
      return Optional.of(
          new PodTrouble(
              "its container cannot be started (" + reason + "): " + message,
              "the container runtime starts a container with a GPU",
              "kubectl describe node " + view.node() + "; is the NVIDIA container toolkit there?",
              true));
    }
    if (view.phase().equals("Pending")) {
      return Optional.of(
          new PodTrouble(
              "its container is being created"
                  + (message.isEmpty() ? ": image " + image : ": " + message),
              "a running container",
              "kubectl get events --field-selector involvedObject.name=" + view.podName(),
              false));
    }
    return Optional.empty();
  }

  private static Optional<PodTrouble> unscheduled(Replica view) {
    JsonNode scheduled = view.condition("PodScheduled");
    String message = scheduled.path("message").asString("");
    return Optional.of(
        new PodTrouble(
            message.isEmpty()
                ? "the scheduler has not looked at it yet"
                : "it cannot be scheduled: " + message,
            "room for it on the node",
            "mlk gpu top",
            false));
  }

  /** How a pod failed; empty when its containers say it. */
  static String failure(JsonNode pod) {
    String reason = pod.path("status").path("reason").asString("");
    String message = pod.path("status").path("message").asString("");
    if (!reason.isEmpty()) {
      return reason + (message.isEmpty() ? "" : ": " + message);
    }
    JsonNode end = new Replica(pod).failure();
    if (!end.isObject()) {
      return "";
    }
    String how = end.path("reason").asString("");
    return "exit code "
        + end.path("exitCode").asInt(0)
        + (how.isEmpty() || how.equals("Error") ? "" : ", " + how)
        + (end.path("message").asString("").isEmpty()
            ? ""
            : ": " + end.path("message").asString(""));
  }
}
