package dev.mlk.practice.scheduler;

import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.Tolerations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whether one pod fits one node; the order and the words are kube-scheduler's. */
final class Filters {
  private static final JsonNode CORDONED =
      JsonNodeFactory.instance
          .objectNode()
          .put("key", "node.kubernetes.io/unschedulable")
          .put("effect", "NoSchedule");

  private final Placed pod;
  private final VolumeFit volumes;
  private final PodAffinity affinity;
  private final TopologySpread spread;
  private final Set<String> ports;

  Filters(Placed pod, VolumeFit volumes, PodAffinity affinity, TopologySpread spread) {
    this.pod = pod;
    this.volumes = volumes;
    this.affinity = affinity;
    this.spread = spread;
    ports = NodeState.hostPorts(pod.spec());
  }

  /** The first objection to the node, or that it fits. */
  Verdict check(NodeState node) {
    JsonNode object = node.node();
    if (object.path("spec").path("unschedulable").asBoolean(false)
        && !Tolerations.tolerated(pod.object(), CORDONED)) {
      return Verdict.never("node(s) were unschedulable");
    }
    if (!Tolerations.tolerates(pod.object(), object)) {
      return Verdict.never("node(s) had untolerated taint(s)");
    }
    if (!NodeSelector.admits(pod.object(), object)) {
      return Verdict.never(
          pinned()
              ? "node(s) didn't satisfy plugin(s) [NodeAffinity]"
              : "node(s) didn't match Pod's node affinity/selector");
    }
    if (!ports.isEmpty() && !Collections.disjoint(ports, node.hostPorts())) {
      return Verdict.notNow("node(s) didn't have free ports for the requested pod ports");
    }
    Verdict verdict = resources(node);
    if (verdict.fits()) {
      verdict = volumes.check(node);
    }
    if (verdict.fits()) {
      verdict = spread.check(node);
    }
    return verdict.fits() ? affinity.check(node) : verdict;
  }

  /** Whether the pod names its nodes, as those of a daemon set do. */
  private boolean pinned() {
    JsonNode terms =
        pod.spec()
            .path("affinity")
            .path("nodeAffinity")
            .path("requiredDuringSchedulingIgnoredDuringExecution")
            .path("nodeSelectorTerms");
    for (JsonNode term : terms) {
      if (term.path("matchFields").isEmpty()) {
        return false;
      }
    }
    return !terms.isEmpty();
  }

  private Verdict resources(NodeState node) {
    List<String> reasons = new ArrayList<>();
    boolean lasting = false;
    if (node.pods().size() + 1 > node.allocatable("pods")) {
      reasons.add("Too many pods");
    }
    for (Map.Entry<String, Long> request : pod.requests().entrySet()) {
      String resource = request.getKey();
      long wanted = request.getValue();
      long there = node.allocatable(resource);
      if (wanted > 0 && wanted > there - node.used(resource)) {
        reasons.add("Insufficient " + resource);
        lasting |= wanted > there;
      }
    }
    return reasons.isEmpty() ? Verdict.FITS : new Verdict(List.copyOf(reasons), lasting);
  }
}
