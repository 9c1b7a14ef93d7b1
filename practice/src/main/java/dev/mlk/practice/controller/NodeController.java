package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Controller;
import dev.mlk.kube.EventRecorder;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Watches the nodes' heartbeats and taints nodes after their conditions. */
final class NodeController {
  /** How long a node may be silent, as node-monitor-grace-period. */
  private static final Duration GRACE = Duration.ofSeconds(50);

  private static final String PREFIX = "node.kubernetes.io/";
  private static final Map<String, String> PRESSURES =
      Map.of(
          "MemoryPressure", "memory-pressure",
          "DiskPressure", "disk-pressure",
          "PIDPressure", "pid-pressure",
          "NetworkUnavailable", "network-unavailable");
  private static final Set<String> OURS =
      Set.of(
          PREFIX + "not-ready",
          PREFIX + "unreachable",
          PREFIX + "unschedulable",
          PREFIX + "memory-pressure",
          PREFIX + "disk-pressure",
          PREFIX + "pid-pressure",
          PREFIX + "network-unavailable");

  private record Taint(String key, String effect) {}

  private record Beat(String mark, Instant seen) {}

  private final Shared shared;
  private final EventRecorder events;
  private final Informer leases;
  private final Map<String, Beat> beats = new ConcurrentHashMap<>();

  private NodeController(Shared shared) {
    this.shared = shared;
    events = shared.events("node-controller");
    leases = shared.informers().on(Resources.LEASES, Scope.namespace("kube-node-lease"));
  }

  static void start(Shared shared) {
    var nodes = new NodeController(shared);
    Controller controller =
        shared.start("node", 2, List.of(Resources.NODES, Resources.PODS), nodes::reconcile);
    controller.follow(shared.informer(Resources.NODES));
  }

  private Optional<Duration> reconcile(Key key) throws InterruptedException {
    leases.awaitSynced();
    Optional<ObjectNode> found = shared.informer(Resources.NODES).get("", key.name());
    if (found.isEmpty()) {
      beats.remove(key.name());
      return Optional.empty();
    }
    ObjectNode node = found.get();
    Duration left = untilSilent(node);
    if (left.isZero() && !readiness(node).equals("Unknown")) {
      silent(node);
      return Optional.of(Duration.ofSeconds(1));
    }
    taint(node);
    if (!readiness(node).equals("True") && !readiness(node).isEmpty()) {
      podsNotReady(key.name());
    }
    return Optional.of(left.isZero() ? GRACE : left.plusMillis(100));
  }

  private static String readiness(JsonNode node) {
    return Pods.condition(node, "Ready").map(ready -> Fields.text(ready, "status")).orElse("");
  }

  /** How long until the node has been silent for too long. */
  private Duration untilSilent(ObjectNode node) {
    String name = Fields.name(node);
    String lease =
        leases
            .get("kube-node-lease", name)
            .map(found -> Fields.text(found, "spec", "renewTime"))
            .orElse("");
    String status =
        Pods.condition(node, "Ready")
            .map(ready -> Fields.text(ready, "lastHeartbeatTime") + Fields.text(ready, "status"))
            .orElse("");
    String mark = lease + " " + status;
    // Only that the mark changes counts, by this clock: clocks of nodes may be wrong.
    Beat beat =
        beats.compute(
            name,
            (_, old) -> old != null && old.mark.equals(mark) ? old : new Beat(mark, shared.now()));
    return shared.until(beat.seen.plus(GRACE));
  }

  private void silent(ObjectNode node) {
    ObjectNode changed = node.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    for (String type : List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")) {
      Optional<JsonNode> known = Pods.condition(node, type);
      boolean never = known.isEmpty();
      ObjectNode condition =
          Conditions.of(
              type,
              "Unknown",
              never ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
              never ? "Kubelet never posted node status." : "Kubelet stopped posting node status.");
      condition.put(
          "lastHeartbeatTime",
          known
              .map(found -> Fields.text(found, "lastHeartbeatTime"))
              .filter(text -> !text.isEmpty())
              .orElse(Fields.text(node, "metadata", "creationTimestamp")));
      Conditions.set(status, shared.timestamp(), condition);
    }
    ObjectNode stored = shared.client().updateStatus(Resources.NODES, changed);
    // The controller's own write is no heartbeat.
    beats.computeIfPresent(Fields.name(node), (_, old) -> new Beat(mark(stored, old), old.seen));
    events.normal(
        node, "NodeNotReady", "Node " + Fields.name(node) + " status is now: NodeNotReady");
  }

  private static String mark(JsonNode node, Beat old) {
    String lease = old.mark.substring(0, old.mark.indexOf(' '));
    return lease
        + " "
        + Pods.condition(node, "Ready")
            .map(ready -> Fields.text(ready, "lastHeartbeatTime") + Fields.text(ready, "status"))
            .orElse("");
  }

  private void taint(ObjectNode node) {
    Set<Taint> wanted = wanted(node);
    ArrayNode taints = Fields.newArray();
    boolean same = true;
    for (JsonNode taint : Fields.at(node, "spec", "taints")) {
      Taint one = new Taint(Fields.text(taint, "key"), Fields.text(taint, "effect"));
      if (OURS.contains(one.key) && !wanted.remove(one)) {
        same = false;
      } else {
        taints.add(taint);
      }
    }
    if (same && wanted.isEmpty()) {
      return;
    }
    for (Taint one : wanted) {
      taints
          .addObject()
          .put("key", one.key)
          .put("effect", one.effect)
          .put("timeAdded", shared.timestamp());
    }
    ObjectNode patch = Fields.newObject();
    patch
        .putObject("metadata")
        .put("resourceVersion", Fields.text(node, "metadata", "resourceVersion"));
    if (taints.isEmpty()) {
      patch.putObject("spec").putNull("taints");
    } else {
      patch.putObject("spec").set("taints", taints);
    }
    shared
        .client()
        .patch(Resources.NODES.path("", Fields.name(node)), ApiClient.PatchType.MERGE, patch);
  }

  private static Set<Taint> wanted(ObjectNode node) {
    Set<Taint> wanted = new LinkedHashSet<>();
    switch (readiness(node)) {
      case "True" -> {
        // Welcome.
      }
      case "Unknown" -> both(wanted, "unreachable");
      case "False" -> both(wanted, "not-ready");
      default -> {
        // Never heard of: what admission put there stays, until the grace period is over.
        for (JsonNode taint : Fields.at(node, "spec", "taints")) {
          if (Fields.text(taint, "key").equals(PREFIX + "not-ready")) {
            wanted.add(new Taint(PREFIX + "not-ready", Fields.text(taint, "effect")));
          }
        }
      }
    }
    PRESSURES.forEach(
        (condition, taint) -> {
          if (Pods.isTrue(node, condition)) {
            wanted.add(new Taint(PREFIX + taint, "NoSchedule"));
          }
        });
    if (Fields.at(node, "spec", "unschedulable").asBoolean(false)) {
      wanted.add(new Taint(PREFIX + "unschedulable", "NoSchedule"));
    }
    return wanted;
  }

  private static void both(Set<Taint> wanted, String name) {
    wanted.add(new Taint(PREFIX + name, "NoSchedule"));
    wanted.add(new Taint(PREFIX + name, "NoExecute"));
  }

  /** Services stop sending traffic to pods of a node that nobody hears from. */
  private void podsNotReady(String node) {
    for (ObjectNode pod : shared.informer(Resources.PODS).all()) {
      if (Fields.text(pod, "spec", "nodeName").equals(node) && Pods.ready(pod)) {
        ObjectNode patch = Fields.newObject();
        patch
            .putObject("status")
            .putArray("conditions")
            .addObject()
            .put("type", "Ready")
            .put("status", "False")
            .put("lastTransitionTime", shared.timestamp());
        try {
          shared
              .client()
              .patch(
                  Resources.PODS.path(Fields.namespace(pod), Fields.name(pod), "status"),
                  ApiClient.PatchType.STRATEGIC,
                  patch);
          events.warning(pod, "NodeNotReady", "Node is not ready");
        } catch (ApiException e) {
          if (!e.notFound()) {
            throw e;
          }
        }
      }
    }
  }
}
