package dev.mlk.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an hour costs.
 *
 * @param currency such as {@code EUR}
 * @param rules in order: the first whose labels the node has is the one that counts
 */
record Prices(String currency, List<Rule> rules) {
  /** The model that stands for all models without a price of their own. */
  static final String ANY = "*";

  /**
   * Prices on some nodes.
   *
   * @param nodes labels that a node must have; none for all nodes
   * @param gpu an hour of a GPU, by model
   * @param cpu an hour of a CPU
   * @param memory an hour of a GiB
   */
  record Rule(
      Map<String, String> nodes, Map<String, BigDecimal> gpu, BigDecimal cpu, BigDecimal memory) {
    Rule {
      nodes = Map.copyOf(nodes);
      gpu = Map.copyOf(gpu);
    }
  }

  /**
   * Prices of one pod.
   *
   * @param gpu an hour of its GPU; empty where its model has no price
   */
  record Rate(Optional<BigDecimal> gpu, BigDecimal cpu, BigDecimal memory) {}

  Prices {
    rules = List.copyOf(rules);
  }

  /** The prices for a pod; empty where no rule is for its node. */
  Optional<Rate> rate(Held held) {
    Map<String, String> labels = held.entry().node().labels();
    for (Rule rule : rules) {
      if (labels.entrySet().containsAll(rule.nodes.entrySet())) {
        BigDecimal gpu = rule.gpu.getOrDefault(held.model(), rule.gpu.get(ANY));
        return Optional.of(new Rate(Optional.ofNullable(gpu), rule.cpu, rule.memory));
      }
    }
    return Optional.empty();
  }
}
