package dev.mlk.practice.scheduler;

import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.Tolerations;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which of the fitting nodes is best: work for devices (GPUs) fills nodes up, so that whole nodes
 * stay free for large jobs; other work is spread.
 */
final class Scoring {
  private static final double FULL = 100;
  private final Placed pod;
  private final PodAffinity affinity;
  private final TopologySpread spread;

  Scoring(Placed pod, PodAffinity affinity, TopologySpread spread) {
    this.pod = pod;
    this.affinity = affinity;
    this.spread = spread;
  }

  /** The best of at least one node; among equals the one with fewest pods, then the first. */
  NodeState best(List<NodeState> nodes) {
    NodeState best = nodes.getFirst();
    if (nodes.size() == 1) {
      return best;
    }
    double most = Double.NEGATIVE_INFINITY;
    for (NodeState node : nodes) {
      double score = score(node);
      boolean emptier = score == most && node.pods().size() < best.pods().size();
      if (score > most || emptier) {
        best = node;
        most = score;
      }
    }
    return best;
  }

  private double score(NodeState node) {
    return resources(node)
        + preferredNodes(node)
        + affinity.preference(node)
        - 10.0 * spread.crowd(node)
        - unwelcome(node);
  }

  private double resources(NodeState node) {
    double devices = 0;
    int kinds = 0;
    for (String resource : pod.requests().keySet()) {
      if (isDevice(resource) && pod.requests().get(resource) > 0) {
        devices += share(node, resource);
        kinds++;
      }
    }
    if (kinds > 0) {
      return FULL * devices / kinds;
    }
    double free = 2 - share(node, "cpu") - share(node, "memory");
    // Work without devices leaves nodes that have some alone while others will do.
    boolean spoils = node.resources().stream().anyMatch(Scoring::isDevice);
    return FULL * free / 2 - (spoils ? FULL / 10 : 0);
  }

  private double share(NodeState node, String resource) {
    long there = node.allocatable(resource);
    long used = node.used(resource) + pod.requests().getOrDefault(resource, 0L);
    return there == 0 ? 1 : (double) used / there;
  }

  private static boolean isDevice(String resource) {
    return resource.indexOf('/') > 0 && !resource.startsWith("kubernetes.io/");
  }

  private int preferredNodes(NodeState node) {
    int sum = 0;
    JsonNode preferences =
        pod.spec()
            .path("affinity")
            .path("nodeAffinity")
            .path("preferredDuringSchedulingIgnoredDuringExecution");
    for (JsonNode preference : preferences) {
      if (NodeSelector.term(preference.path("preference"), node.node())) {
        sum += preference.path("weight").asInt(0);
      }
    }
    return sum;
  }

  private double unwelcome(NodeState node) {
    int taints = 0;
    for (JsonNode taint : node.node().path("spec").path("taints")) {
      if (taint.path("effect").asString("").equals("PreferNoSchedule")
          && !Tolerations.tolerated(pod.object(), taint)) {
        taints++;
      }
    }
    return taints * FULL;
  }
}
