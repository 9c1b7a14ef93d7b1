package dev.mlk.practice.scheduler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Finds the best node for one pod, or says why there is none. Pure: it changes nothing. */
final class Placement {
  /**
   * What came out.
   *
   * @param node the best node, null if none fits
   * @param refusal why no node at all was looked at; empty otherwise
   * @param verdicts each node's objection when none fits
   */
  record Result(NodeState node, String refusal, Map<NodeState, Verdict> verdicts) {}

  private final Placed pod;
  private final ClusterState cluster;
  private final Nominations nominations;
  private final Function<String, JsonNode> namespaceLabels;
  private final VolumeFit volumes;

  Placement(
      Placed pod,
      ClusterState cluster,
      Nominations nominations,
      Volumes volumes,
      Function<String, JsonNode> namespaceLabels) {
    this.pod = pod;
    this.cluster = cluster;
    this.nominations = nominations;
    this.namespaceLabels = namespaceLabels;
    this.volumes = new VolumeFit(pod, volumes);
  }

  VolumeFit volumes() {
    return volumes;
  }

  Result find() {
    Optional<String> refusal = volumes.refusal();
    List<NodeState> nodes = cluster.nodes();
    if (refusal.isPresent() && !nodes.isEmpty()) {
      return new Result(null, refusal.get(), Map.of());
    }
    List<NodeState> seen = nominations.applied(nodes, pod);
    PodAffinity affinity = affinity(seen, Map.of());
    TopologySpread spread = new TopologySpread(pod, seen);
    Filters filters = new Filters(pod, volumes, affinity, spread);
    Map<NodeState, Verdict> verdicts = new LinkedHashMap<>();
    List<NodeState> fitting = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Verdict verdict = filters.check(seen.get(i));
      if (verdict.fits()) {
        fitting.add(nodes.get(i));
      } else {
        verdicts.put(nodes.get(i), verdict);
      }
    }
    if (fitting.isEmpty()) {
      return new Result(null, "", verdicts);
    }
    return new Result(new Scoring(pod, affinity, spread).best(fitting), "", Map.of());
  }

  /** Whether the pod would fit the node if some of its pods were gone. */
  boolean fitsWithout(NodeState node, Collection<Placed> gone) {
    NodeState rest = node.without(gone);
    List<NodeState> nodes = new ArrayList<>(cluster.nodes());
    nodes.replaceAll(one -> one == node ? rest : one);
    PodAffinity affinity = affinity(nodes, Map.of(node, gone));
    Filters filters = new Filters(pod, volumes, affinity, new TopologySpread(pod, nodes));
    return filters.check(rest).fits();
  }

  private PodAffinity affinity(List<NodeState> nodes, Map<NodeState, Collection<Placed>> without) {
    Map<Placed, NodeState> unsociable = new LinkedHashMap<>();
    for (Placed other : cluster.withAntiAffinity()) {
      if (without.values().stream().noneMatch(gone -> gone.contains(other))) {
        unsociable.put(other, cluster.nodeOf(other));
      }
    }
    return new PodAffinity(pod, nodes, unsociable, namespaceLabels);
  }

  /** The sentence for the user, beginning with how many nodes there are. */
  static String message(Result result, int nodes, String preemption) {
    if (nodes == 0) {
      return "no nodes available to schedule pods";
    }
    String start = "0/" + nodes + " nodes are available:";
    if (!result.refusal.isEmpty()) {
      return start + " " + result.refusal + ". not found";
    }
    String counted = histogram(result.verdicts.values().stream().map(Verdict::reasons).toList());
    String end = preemption.isEmpty() ? "" : " no new claims to deallocate, preemption: ";
    return start + " " + counted + "." + end + preemption;
  }

  /** {@code 1 reason, 2 other reason}: counted over the nodes, sorted as text. */
  static String histogram(Collection<List<String>> reasons) {
    Map<String, Integer> counts = new TreeMap<>();
    reasons.forEach(list -> list.forEach(reason -> counts.merge(reason, 1, Integer::sum)));
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .sorted()
            .toList());
  }
}
