package dev.mlk.practice.scheduler;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Key;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the scheduler's decisions to the API server. */
final class Writer implements AutoCloseable {
  static final String SCHEDULER = "default-scheduler";
  private final ApiClient client;
  private final InstantSource clock;
  private final EventRecorder scheduling;
  private final EventRecorder binding;
  private final EventRecorder preempting;

  Writer(ApiClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
    scheduling = EventRecorder.withAction(client, SCHEDULER, "Scheduling", clock);
    binding = EventRecorder.withAction(client, SCHEDULER, "Binding", clock);
    preempting = EventRecorder.withAction(client, SCHEDULER, "Preempting", clock);
  }

  /** Binds the pod; the uid keeps a successor of the same name from being meant. */
  void bind(Placed pod, String node) {
    Key key = pod.key();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("apiVersion", "v1").put("kind", "Binding");
    body.putObject("metadata")
        .put("name", key.name())
        .put("namespace", key.namespace())
        .put("uid", pod.uid());
    body.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", node);
    client.call(
        Request.of("POST", Resources.PODS.path(key.namespace(), key.name(), "binding"))
            .body("application/json", JsonMapper.shared().writeValueAsBytes(body)));
    binding.normal(pod.object(), "Scheduled", "Successfully assigned " + key + " to " + node);
  }

  /** Says in the pod's status and in an event why it has no node. */
  void unschedulable(Placed pod, String message, String nominatedNode) {
    scheduling.warning(pod.object(), "FailedScheduling", message);
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    ObjectNode condition = condition(pod, "PodScheduled", "False", "Unschedulable");
    condition.put("message", message);
    status.putArray("conditions").add(condition);
    if (!nominatedNode.isEmpty()) {
      status.put("nominatedNodeName", nominatedNode);
    }
    patchStatus(pod, status);
  }

  /** Evicts a pod for a more important one. */
  void evict(Placed victim, Placed preemptor, String node) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status
        .putArray("conditions")
        .add(
            condition(victim, "DisruptionTarget", "True", "PreemptionByScheduler")
                .put("message", SCHEDULER + ": preempting to accommodate a higher priority pod"));
    patchStatus(victim, status);
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.putObject("preconditions").put("uid", victim.uid());
    try {
      client.delete(Resources.PODS, victim.key().namespace(), victim.key().name(), options);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
      return;
    }
    preempting.normal(
        victim.object(),
        preemptor.object(),
        "Preempted",
        "Preempted by pod " + preemptor.uid() + " on node " + node);
  }

  /** Tells the provisioner for which node to make the claim's volume. */
  void selectNode(Key claim, String node) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put("volume.kubernetes.io/selected-node", node);
    client.patch(
        Resources.VOLUME_CLAIMS.path(claim.namespace(), claim.name()),
        ApiClient.PatchType.MERGE,
        patch);
  }

  /** Reserves a volume for a claim. */
  void reserve(String volume, ObjectNode claim) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put("pv.kubernetes.io/bound-by-controller", "yes");
    Key key = Key.of(claim);
    patch
        .putObject("spec")
        .putObject("claimRef")
        .put("apiVersion", "v1")
        .put("kind", "PersistentVolumeClaim")
        .put("namespace", key.namespace())
        .put("name", key.name())
        .put("uid", claim.path("metadata").path("uid").asString(""));
    client.patch(Resources.VOLUMES.path("", volume), ApiClient.PatchType.MERGE, patch);
  }

  private ObjectNode condition(Placed pod, String type, String value, String reason) {
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    condition.put("type", type);
    long generation = pod.object().path("metadata").path("generation").asLong(0);
    if (generation > 0) {
      condition.put("observedGeneration", generation);
    }
    condition.put("status", value);
    condition.putNull("lastProbeTime");
    condition.put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return condition.put("reason", reason);
  }

  private void patchStatus(Placed pod, ObjectNode status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    // The uid makes the patch fail for a successor of the same name.
    patch.putObject("metadata").put("uid", pod.uid());
    patch.set("status", status);
    try {
      client.patch(
          Resources.PODS.path(pod.key().namespace(), pod.key().name(), "status"),
          ApiClient.PatchType.STRATEGIC,
          patch);
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    scheduling.close();
    binding.close();
    preempting.close();
  }
}
