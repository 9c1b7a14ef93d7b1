package dev.mlk.practice.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which less important pods have to go so that a pod fits; pure. */
final class Preemption {
  /** A node and the pods to evict from it. */
  record Plan(NodeState node, List<Placed> victims) {
    int highest() {
      return victims.stream().mapToInt(Placed::priority).max().orElse(Integer.MIN_VALUE);
    }

    long sum() {
      return victims.stream().mapToLong(Placed::priority).sum();
    }
  }

  /**
   * What came out.
   *
   * @param plan what to do, if anything helps
   * @param message what to tell otherwise
   */
  record Outcome(Optional<Plan> plan, String message) {}

  private static final Comparator<Plan> LEAST_HARM =
      Comparator.comparingInt(Plan::highest)
          .thenComparingLong(Plan::sum)
          .thenComparingInt(plan -> plan.victims().size());

  private Preemption() {}

  static Outcome find(
      Placed pod, Placement placement, Map<NodeState, Verdict> verdicts, Nominations nominations) {
    if (pod.spec().path("preemptionPolicy").asString("").equals("Never")) {
      return new Outcome(Optional.empty(), "not eligible due to preemptionPolicy=Never.");
    }
    if (roomIsBeingMade(pod, verdicts, nominations)) {
      return new Outcome(
          Optional.empty(), "not eligible due to a terminating pod on the nominated node.");
    }
    List<Plan> plans = new ArrayList<>();
    List<List<String>> reasons = new ArrayList<>();
    verdicts.forEach(
        (node, verdict) -> {
          if (verdict.lasting()) {
            reasons.add(List.of("Preemption is not helpful for scheduling"));
            return;
          }
          Optional<Plan> plan = plan(pod, placement, node);
          plan.ifPresent(plans::add);
          if (plan.isEmpty()) {
            reasons.add(List.of("No preemption victims found for incoming pod"));
          }
        });
    if (!plans.isEmpty()) {
      return new Outcome(plans.stream().min(LEAST_HARM), "");
    }
    String counted = Placement.histogram(reasons);
    return new Outcome(
        Optional.empty(), "0/" + verdicts.size() + " nodes are available: " + counted + ".");
  }

  private static boolean roomIsBeingMade(
      Placed pod, Map<NodeState, Verdict> verdicts, Nominations nominations) {
    Optional<String> nominated = nominations.nodeOf(pod);
    for (NodeState node : verdicts.keySet()) {
      if (nominated.isPresent() && nominated.get().equals(node.name())) {
        return node.pods().stream()
            .anyMatch(other -> other.priority() < pod.priority() && leaving(other.object()));
      }
    }
    return false;
  }

  private static boolean leaving(JsonNode pod) {
    return pod.path("metadata").has("deletionTimestamp");
  }

  /** The fewest and least important pods of the node without which the pod fits. */
  private static Optional<Plan> plan(Placed pod, Placement placement, NodeState node) {
    List<Placed> victims =
        new ArrayList<>(
            node.pods().stream().filter(other -> other.priority() < pod.priority()).toList());
    if (victims.isEmpty() || !placement.fitsWithout(node, victims)) {
      return Optional.empty();
    }
    List<Placed> byImportance = new ArrayList<>(victims);
    byImportance.sort(Comparator.comparingInt(Placed::priority).reversed());
    for (Placed spared : byImportance) {
      List<Placed> fewer = new ArrayList<>(victims);
      fewer.remove(spared);
      if (placement.fitsWithout(node, fewer)) {
        victims = fewer;
      }
    }
    return victims.isEmpty() ? Optional.empty() : Optional.of(new Plan(node, victims));
  }
}
