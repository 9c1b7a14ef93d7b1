package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Why a pod that asks for GPUs has no node, as far as GPUs are the reason: one of four causes, with
 * the numbers.
 *
 * @param word {@code no-gpu-nodes}, {@code not-ready}, {@code never-fits} or {@code busy}
 * @param code the code that goes with it
 * @param seen the numbers, a clause
 * @param next what helps
 */
public record GpuCause(String word, String code, String seen, String next) {
  private static final String GPU = "nvidia.com/gpu";

  /** The cause; empty when the pod asks for no GPU, or GPUs are not what it lacks. */
  public static Optional<GpuCause> of(JsonNode pod, List<JsonNode> nodes, List<JsonNode> pods) {
    BigDecimal wanted = asked(pod, GPU);
    if (wanted.signum() <= 0) {
      return Optional.empty();
    }
    List<JsonNode> meant = nodes.stream().filter(node -> selected(pod, node)).toList();
    if (meant.isEmpty()) {
      return Optional.empty();
    }
    List<JsonNode> having =
        meant.stream().filter(node -> Nodes.gpus(node, "capacity") > 0).toList();
    String asks = "the pod asks for " + wanted.toPlainString() + " of " + GPU;
    if (having.isEmpty()) {
      return Optional.of(
          new GpuCause(
              "no-gpu-nodes",
              "GPU-NO-NODES",
              asks + ", and " + none(nodes, meant),
              "kubectl get nodes -o custom-columns=NAME:.metadata.name,GPUS:.status.allocatable."
                  + "nvidia\\.com/gpu"));
    }
    List<JsonNode> ready =
        having.stream()
            .filter(node -> Nodes.ready(node) && Nodes.gpus(node, "allocatable") > 0)
            .toList();
    if (ready.isEmpty()) {
      return Optional.of(
          new GpuCause(
              "not-ready",
              "GPU-NODE-NOTREADY",
              asks
                  + "; "
                  + String.join(", ", having.stream().map(Nodes::name).toList())
                  + " would have them, but is not ready or advertises none",
              "kubectl describe node " + Nodes.name(having.getFirst())));
    }
    return amongReady(wanted, ready, pods);
  }

  private static Optional<GpuCause> amongReady(
      BigDecimal wanted, List<JsonNode> ready, List<JsonNode> pods) {
    String asks = "the pod asks for " + wanted.toPlainString() + " of " + GPU;
    BigDecimal largest =
        ready.stream()
            .map(node -> amount(node.path("status").path("allocatable"), GPU))
            .max(BigDecimal::compareTo)
            .orElse(BigDecimal.ZERO);
    if (wanted.compareTo(largest) > 0) {
      return Optional.of(
          new GpuCause(
              "never-fits",
              "GPU-NEVER-FITS",
              asks + ", and the largest node has " + largest.toPlainString(),
              "ask for at most " + largest.toPlainString() + ", or spread over several pods"));
    }
    boolean fits =
        ready.stream().anyMatch(node -> free(List.of(node), pods, GPU).compareTo(wanted) >= 0);
    return fits
        ? Optional.empty()
        : Optional.of(
            new GpuCause(
                "busy",
                "GPU-BUSY",
                asks
                    + ", and "
                    + free(ready, pods, GPU).toPlainString()
                    + " are free: others hold them",
                "mlk gpu top shows who holds them; the pod starts by itself when one is free"));
  }

  /** By the pod's nodeSelector: other nodes are no choice, whatever they have. */
  private static boolean selected(JsonNode pod, JsonNode node) {
    return pod.path("spec").path("nodeSelector").properties().stream()
        .allMatch(one -> Nodes.label(node, one.getKey()).equals(one.getValue().asString("")));
  }

  private static String none(List<JsonNode> nodes, List<JsonNode> meant) {
    return meant.size() == nodes.size()
        ? "none of the " + nodes.size() + " nodes has any"
        : "its nodeSelector leaves "
            + String.join(", ", meant.stream().map(Nodes::name).toList())
            + ", without any";
  }

  /** What the nodes have of a resource, less what pods on them ask for. */
  static BigDecimal free(List<JsonNode> nodes, List<JsonNode> pods, String resource) {
    BigDecimal free = BigDecimal.ZERO;
    for (JsonNode node : nodes) {
      free = free.add(amount(node.path("status").path("allocatable"), resource));
      for (JsonNode pod : pods) {
        String phase = pod.path("status").path("phase").asString("");
        if (pod.path("spec").path("nodeName").asString("").equals(Nodes.name(node))
            && !phase.equals("Succeeded")
            && !phase.equals("Failed")) {
          free = free.subtract(asked(pod, resource));
        }
      }
    }
    return free;
  }

  private static BigDecimal asked(JsonNode pod, String resource) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode container : pod.path("spec").path("containers")) {
      JsonNode resources = container.path("resources");
      BigDecimal request = amount(resources.path("requests"), resource);
      sum = sum.add(request.max(amount(resources.path("limits"), resource)));
    }
    return sum;
  }

  private static BigDecimal amount(JsonNode list, String resource) {
    for (Map.Entry<String, JsonNode> entry : list.properties()) {
      if (entry.getKey().equals(resource)) {
        return Quantity.parse(entry.getValue().asString("0"))
            .map(Quantity::amount)
            .orElse(BigDecimal.ZERO);
      }
    }
    return BigDecimal.ZERO;
  }
}
