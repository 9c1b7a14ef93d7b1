package dev.mlk.board.pod;

import dev.mlk.job.Replica;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The pod in which TensorBoard runs at the moment, or what it waits for. */
final class BoardPod {
  private static final Set<String> NO_IMAGE =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull");

  private static final Set<String> NO_START = Set.of("CrashLoopBackOff", "RunContainerError");

  private final ApiClient client;
  private final String namespace;
  private final JsonNode job;

  /**
   * The pod of a Job.
   *
   * @param job the Job as the cluster has it
   */
  BoardPod(ApiClient client, String namespace, JsonNode job) {
    this.client = client;
    this.namespace = namespace;
    this.job = job;
  }

  /** The selector of its pods, for commands. */
  String selector() {
    return TensorBoardJob.LABEL
        + "="
        + job.path("metadata").path("labels").path(TensorBoardJob.LABEL).asString("");
  }

  private List<Replica> pods() {
    String uid = job.path("metadata").path("uid").asString("");
    List<Replica> own = new ArrayList<>();
    for (JsonNode one :
        client.list(Resources.PODS, namespace, Map.of("labelSelector", selector())).path("items")) {
      // Those of a Job of the same name that was deleted may still be there.
      if (one.path("metadata").path("ownerReferences").path(0).path("uid").asString("").equals(uid)
          && !one.path("metadata").has("deletionTimestamp")) {
        own.add(new Replica(one));
      }
    }
    return own;
  }

  /** The name of the pod whose container runs. */
  Optional<String> running() {
    return pods().stream()
        .filter(pod -> pod.container().path("state").has("running"))
        .map(Replica::podName)
        .findFirst();
  }

  /**
   * What it waits for, in words.
   *
   * @throws Problem when it waits for what does not come by itself
   */
  String waitsFor(String image) {
    List<Replica> pods = pods();
    if (pods.isEmpty()) {
      String warning = warning();
      return "Waiting for TensorBoard's pod" + (warning.isEmpty() ? " ..." : ": " + warning);
    }
    Replica pod = pods.getLast();
    String reason = pod.waiting().path("reason").asString("");
    String message = pod.waiting().path("message").asString("");
    if (NO_IMAGE.contains(reason)) {
      throw new Problem.ImagePull(
          Explanation.of("the image " + image + " cannot be pulled")
              .because(reason + (message.isEmpty() ? "" : ": " + message))
              .next("mlk tensorboard --image IMAGE, one with the program tensorboard"));
    }
    if (NO_START.contains(reason)) {
      throw new Problem.Failed(
          Explanation.of("TensorBoard does not start in " + image)
              .because(pod.failure().path("message").asString(message).strip())
              .next("mlk tensorboard --image IMAGE, one with the program tensorboard"));
    }
    if (pod.node().isEmpty()) {
      String scheduled = pod.condition("PodScheduled").path("message").asString("");
      return "TensorBoard's pod waits" + (scheduled.isEmpty() ? " ..." : ": " + scheduled);
    }
    return "TensorBoard's pod is on "
        + pod.node()
        + ": "
        + (reason.isEmpty() ? "starting" : reason);
  }

  /** Why the cluster makes no pod: a quota, a rule of the namespace. */
  private String warning() {
    String uid = job.path("metadata").path("uid").asString("");
    String last = "";
    try {
      Map<String, String> its = Map.of("fieldSelector", "type=Warning,involvedObject.uid=" + uid);
      for (JsonNode event : client.list(Resources.EVENTS, namespace, its).path("items")) {
        last = event.path("message").asString(last);
      }
    } catch (ApiException e) {
      return ""; // who may not read events is not told
    }
    return last;
  }
}
