package dev.mlk.practice.controller;

import dev.mlk.kube.Controller;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resources;
import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.Tolerations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one pod of each daemon set on each node that it fits. */
final class DaemonSetController {
  private static final String HASH = "controller-revision-hash";
  private static final String[][] TOLERATED = {
    {"node.kubernetes.io/not-ready", "NoExecute"},
    {"node.kubernetes.io/unreachable", "NoExecute"},
    {"node.kubernetes.io/disk-pressure", "NoSchedule"},
    {"node.kubernetes.io/memory-pressure", "NoSchedule"},
    {"node.kubernetes.io/pid-pressure", "NoSchedule"},
    {"node.kubernetes.io/unschedulable", "NoSchedule"},
  };
  private final Shared shared;
  private final PodControl pods;

  private DaemonSetController(Shared shared) {
    this.shared = shared;
    pods = new PodControl(shared, shared.events("daemonset-controller"));
  }

  static void start(Shared shared) {
    var sets = new DaemonSetController(shared);
    Controller controller =
        shared.start(
            "daemonset",
            2,
            List.of(Resources.DAEMON_SETS, Resources.PODS, Resources.NODES),
            sets::reconcile);
    Informer all = shared.informer(Resources.DAEMON_SETS);
    controller.follow(all);
    shared.followPods(controller, "DaemonSet");
    shared
        .informer(Resources.NODES)
        .onChange(
            (change, before, now) -> {
              if (change != Informer.Change.MODIFIED
                  || !before.path("spec").equals(now.path("spec"))
                  || !Fields.at(before, "metadata", "labels")
                      .equals(Fields.at(now, "metadata", "labels"))) {
                all.all().forEach(set -> controller.enqueue(Key.of(set)));
              }
            });
  }

  private Optional<Duration> reconcile(Key key) {
    Optional<ObjectNode> found =
        shared.informer(Resources.DAEMON_SETS).get(key.namespace(), key.name());
    if (found.isEmpty()) {
      pods.forget(key);
      return Optional.empty();
    }
    ObjectNode set = found.get();
    if (!pods.settled(key) || Fields.deleting(set)) {
      return Optional.empty();
    }
    String hash = TemplateHash.of(Fields.at(set, "spec", "template"), 0);
    Map<String, List<ObjectNode>> byNode = new HashMap<>();
    for (ObjectNode pod : pods.claimed(set)) {
      byNode.computeIfAbsent(nodeOf(pod), _ -> new ArrayList<>()).add(pod);
    }
    ObjectNode sample = pod(set, "", hash);
    Tally tally = new Tally();
    for (ObjectNode node : shared.informer(Resources.NODES).all()) {
      List<ObjectNode> there = byNode.getOrDefault(Fields.name(node), List.of());
      byNode.remove(Fields.name(node));
      if (runs(sample, node)) {
        tally.desired++;
        onNode(key, set, Fields.name(node), hash, there, tally);
      } else {
        tally.misplaced += there.isEmpty() ? 0 : 1;
        if (!goesOn(sample, node)) {
          there.stream().filter(Pods::active).forEach(pod -> pods.delete(key, set, pod));
        }
      }
    }
    // Pods of nodes that are gone.
    byNode.values().forEach(lost -> lost.forEach(pod -> pods.delete(key, set, pod)));
    update(key, set, tally);
    return status(set, tally);
  }

  private static final class Tally {
    private int desired;
    private int current;
    private int misplaced;
    private int ready;
    private int available;
    private int updated;
    private Duration soonest;
    private final List<ObjectNode> outdated = new ArrayList<>();
  }

  private void onNode(
      Key key, ObjectNode set, String node, String hash, List<ObjectNode> there, Tally tally) {
    ObjectNode kept = null;
    boolean leaving = false;
    for (ObjectNode pod : there) {
      if (Fields.deleting(pod)) {
        leaving = true;
      } else if (Pods.finished(pod) || kept != null) {
        pods.delete(key, set, pod);
        leaving = true;
      } else {
        kept = pod;
      }
    }
    if (kept == null) {
      if (!leaving) {
        pods.create(key, set, pod(set, node, hash));
        tally.current++;
        tally.updated++;
      }
      return;
    }
    tally.current++;
    Optional<Duration> left =
        Pods.untilAvailable(kept, Fields.number(set, 0, "spec", "minReadySeconds"), shared.now());
    tally.ready += left.isPresent() ? 1 : 0;
    if (left.isPresent() && left.get().isZero()) {
      tally.available++;
    } else if (left.isPresent()) {
      tally.soonest = left.get();
    }
    if (Fields.at(kept, "metadata", "labels").path(HASH).asString("").equals(hash)) {
      tally.updated++;
    } else {
      tally.outdated.add(kept);
    }
  }

  /** Replaces outdated pods, as many at once as may be unavailable. */
  private void update(Key key, ObjectNode set, Tally tally) {
    if (Fields.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
      return;
    }
    JsonNode most = Fields.at(set, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable");
    int allowed = most.isNumber() ? most.asInt() : percent(most.asString("1"), tally.desired);
    int budget = Math.max(0, Math.max(1, allowed) - (tally.desired - tally.available));
    for (ObjectNode pod : tally.outdated) {
      if (!Pods.ready(pod)) {
        pods.delete(key, set, pod);
      } else if (budget > 0) {
        pods.delete(key, set, pod);
        budget--;
      }
    }
  }

  private static int percent(String text, int of) {
    return text.endsWith("%")
        ? (int) Math.ceil(Double.parseDouble(text.substring(0, text.length() - 1)) * of / 100)
        : Integer.parseInt(text);
  }

  /** Whether the set's pods belong on the node; taints that drive pods away later do not count. */
  private static boolean runs(ObjectNode sample, ObjectNode node) {
    return NodeSelector.admits(sample, node) && Tolerations.tolerates(sample, node);
  }

  /** Whether a pod that is on the node already may stay: only a NoExecute taint ends it. */
  private static boolean goesOn(ObjectNode sample, ObjectNode node) {
    return NodeSelector.admits(sample, node)
        && Tolerations.stay(sample, node).filter(Duration::isZero).isEmpty();
  }

  private static ObjectNode pod(ObjectNode set, String node, String hash) {
    ObjectNode pod = Pods.fromTemplate(set, Fields.at(set, "spec", "template"));
    Fields.object(Fields.object(pod, "metadata"), "labels")
        .put(HASH, hash)
        .put("pod-template-generation", Integer.toString(generation(set).asInt(1)));
    ObjectNode spec = Fields.object(pod, "spec");
    ArrayNode tolerations =
        spec.get("tolerations") instanceof ArrayNode there ? there : spec.putArray("tolerations");
    for (String[] one : TOLERATED) {
      tolerations.addObject().put("key", one[0]).put("operator", "Exists").put("effect", one[1]);
    }
    if (!node.isEmpty()) {
      pin(spec, node);
    }
    return pod;
  }

  private static JsonNode generation(JsonNode set) {
    return Fields.at(set, "metadata", "generation");
  }

  /** Each required term names the node; the pod's own affinity was checked before. */
  private static void pin(ObjectNode spec, String node) {
    ObjectNode affinity = Fields.object(Fields.object(spec, "affinity"), "nodeAffinity");
    ObjectNode required = affinity.putObject("requiredDuringSchedulingIgnoredDuringExecution");
    required
        .putArray("nodeSelectorTerms")
        .addObject()
        .putArray("matchFields")
        .addObject()
        .put("key", "metadata.name")
        .put("operator", "In")
        .putArray("values")
        .add(node);
  }

  private static String nodeOf(JsonNode pod) {
    String bound = Fields.text(pod, "spec", "nodeName");
    return bound.isEmpty()
        ? Fields.at(
                pod,
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution")
            .path("nodeSelectorTerms")
            .path(0)
            .path("matchFields")
            .path(0)
            .path("values")
            .path(0)
            .asString("")
        : bound;
  }

  private Optional<Duration> status(ObjectNode set, Tally tally) {
    ObjectNode changed = set.deepCopy();
    ObjectNode status = Fields.object(changed, "status");
    status.put("currentNumberScheduled", tally.current);
    status.put("numberMisscheduled", tally.misplaced);
    status.put("desiredNumberScheduled", tally.desired);
    status.put("numberReady", tally.ready);
    Counts.put(status, "observedGeneration", generation(set).asInt(0));
    Counts.put(status, "updatedNumberScheduled", tally.updated);
    Counts.put(status, "numberAvailable", tally.available);
    Counts.put(status, "numberUnavailable", tally.desired - tally.available);
    if (!status.equals(set.path("status"))) {
      shared.client().updateStatus(Resources.DAEMON_SETS, changed);
    }
    return Optional.ofNullable(tally.soonest);
  }
}
