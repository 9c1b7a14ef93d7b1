package dev.mlk.practice.scheduler;

import dev.mlk.practice.select.LabelSelector;
import dev.mlk.practice.select.NodeSelector;
import dev.mlk.practice.select.Tolerations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A pod's {@code topologySpreadConstraints} against where its like are already. */
final class TopologySpread {
  private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";

  private record Constraint(
      String key, int maxSkew, int own, boolean hard, Map<String, Integer> counts, int least) {}

  private final List<Constraint> constraints = new ArrayList<>();

  TopologySpread(Placed pod, Collection<NodeState> nodes) {
    for (JsonNode wanted : pod.spec().path("topologySpreadConstraints")) {
      constraints.add(count(pod, wanted, nodes));
    }
  }

  Verdict check(NodeState node) {
    for (Constraint constraint : constraints) {
      if (!constraint.hard) {
        continue;
      }
      String domain = node.labels().path(constraint.key).asString(null);
      if (domain == null) {
        return Verdict.never(MISMATCH + " (missing required label)");
      }
      int there = constraint.counts.getOrDefault(domain, 0);
      if (there + constraint.own - constraint.least > constraint.maxSkew) {
        return Verdict.notNow(MISMATCH);
      }
    }
    return Verdict.FITS;
  }

  /** How many of its like the pod would join, over the soft constraints: less is better. */
  int crowd(NodeState node) {
    int sum = 0;
    for (Constraint constraint : constraints) {
      if (!constraint.hard) {
        String domain = node.labels().path(constraint.key).asString("");
        sum += constraint.counts.getOrDefault(domain, 0);
      }
    }
    return sum;
  }

  private static Constraint count(Placed pod, JsonNode wanted, Collection<NodeState> nodes) {
    String key = wanted.path("topologyKey").asString("");
    JsonNode selector = wanted.path("labelSelector");
    Map<String, Integer> counts = new HashMap<>();
    for (NodeState node : nodes) {
      String domain = node.labels().path(key).asString(null);
      if (domain == null || !counted(pod, wanted, node)) {
        continue;
      }
      int matching = 0;
      for (Placed other : node.pods()) {
        if (other.key().namespace().equals(pod.key().namespace())
            && LabelSelector.matches(selector, other.labels())) {
          matching++;
        }
      }
      counts.merge(domain, matching, Integer::sum);
    }
    int least = counts.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    if (counts.size() < wanted.path("minDomains").asInt(1)) {
      least = 0;
    }
    boolean hard = !wanted.path("whenUnsatisfiable").asString("").equals("ScheduleAnyway");
    int own = LabelSelector.matches(selector, pod.labels()) ? 1 : 0;
    return new Constraint(key, wanted.path("maxSkew").asInt(1), own, hard, counts, least);
  }

  private static boolean counted(Placed pod, JsonNode wanted, NodeState node) {
    boolean byAffinity = !wanted.path("nodeAffinityPolicy").asString("Honor").equals("Ignore");
    boolean byTaints = wanted.path("nodeTaintsPolicy").asString("Ignore").equals("Honor");
    return (!byAffinity || NodeSelector.admits(pod.object(), node.node()))
        && (!byTaints || Tolerations.tolerates(pod.object(), node.node()));
  }
}
