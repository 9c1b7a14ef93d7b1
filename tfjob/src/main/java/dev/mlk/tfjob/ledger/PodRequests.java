package dev.mlk.tfjob.ledger;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the scheduler counts for a pod: its containers and sidecars together, or the hungriest of
 * its init containers where that is more, plus its overhead.
 */
final class PodRequests {
  private static final Set<String> GPUS =
      Set.of(
          "nvidia.com/gpu",
          "nvidia.com/gpu.shared",
          "amd.com/gpu",
          "gpu.intel.com/i915",
          "gpu.intel.com/xe",
          "alpha.kubernetes.io/nvidia-gpu");
  private static final String SLICES = "nvidia.com/mig-";

  private PodRequests() {}

  static LedgerEntry.Amounts of(JsonNode pod) {
    long gpus = 0;
    long milliCpu = 0;
    long bytes = 0;
    for (Map.Entry<String, BigDecimal> one : requests(pod.path("spec")).entrySet()) {
      String name = one.getKey();
      if (GPUS.contains(name) || name.startsWith(SLICES)) {
        gpus += whole(one.getValue());
      } else if (name.equals("cpu")) {
        milliCpu = whole(one.getValue().scaleByPowerOfTen(3));
      } else if (name.equals("memory")) {
        bytes = whole(one.getValue());
      }
    }
    return new LedgerEntry.Amounts(gpus, milliCpu, bytes);
  }

  private static long whole(BigDecimal amount) {
    return amount.setScale(0, RoundingMode.CEILING).longValue();
  }

  private static Map<String, BigDecimal> requests(JsonNode spec) {
    Map<String, BigDecimal> running = new HashMap<>();
    for (JsonNode container : spec.path("containers")) {
      add(running, container.path("resources").path("requests"));
    }
    Map<String, BigDecimal> starting = new HashMap<>();
    Map<String, BigDecimal> sidecars = new HashMap<>();
    for (JsonNode container : spec.path("initContainers")) {
      JsonNode wanted = container.path("resources").path("requests");
      Map<String, BigDecimal> now = sidecars;
      if (container.path("restartPolicy").asString("").equals("Always")) {
        add(running, wanted);
      } else {
        now = new HashMap<>(sidecars);
      }
      add(now, wanted);
      now.forEach((name, amount) -> starting.merge(name, amount, BigDecimal::max));
    }
    starting.forEach((name, amount) -> running.merge(name, amount, BigDecimal::max));
    for (Map.Entry<String, JsonNode> whole : spec.path("resources").path("requests").properties()) {
      running.put(whole.getKey(), amount(whole.getValue()));
    }
    add(running, spec.path("overhead"));
    return running;
  }

  private static void add(Map<String, BigDecimal> sum, JsonNode list) {
    for (Map.Entry<String, JsonNode> entry : list.properties()) {
      sum.merge(entry.getKey(), amount(entry.getValue()), BigDecimal::add);
    }
  }

  private static BigDecimal amount(JsonNode quantity) {
    try {
      return Quantity.getAmountInBytes(Quantity.parse(quantity.asString("0")));
    } catch (IllegalArgumentException e) {
      return BigDecimal.ZERO;
    }
  }
}
