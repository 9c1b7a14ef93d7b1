package dev.mlk.practice.select;

import dev.mlk.practice.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a pod asks of a node: CPU in thousandths, everything else in units of one. */
public final class PodResources {
  private PodResources() {}

  /**
   * The pod's requests: its containers and sidecars together, or the hungriest of its init
   * containers where that is more, plus its overhead.
   */
  public static Map<String, Long> requests(JsonNode pod) {
    return total(pod, "requests");
  }

  /** The same of its limits. */
  public static Map<String, Long> limits(JsonNode pod) {
    return total(pod, "limits");
  }

  /** A {@code ResourceList}, such as a node's allocatable. */
  public static Map<String, Long> of(JsonNode list) {
    Map<String, Long> amounts = new HashMap<>();
    add(amounts, list);
    return amounts;
  }

  /** One amount in the resource's unit; zero when it cannot be read. */
  public static long amount(String resource, JsonNode quantity) {
    String text = quantity.asString("0");
    return Quantity.parse(text)
        .map(parsed -> resource.equals("cpu") ? parsed.milli() : parsed.units())
        .orElse(0L);
  }

  private static Map<String, Long> total(JsonNode pod, String what) {
    JsonNode spec = pod.path("spec");
    Map<String, Long> running = new HashMap<>();
    for (JsonNode container : spec.path("containers")) {
      add(running, container.path("resources").path(what));
    }
    Map<String, Long> starting = new HashMap<>();
    Map<String, Long> sidecars = new HashMap<>();
    for (JsonNode container : spec.path("initContainers")) {
      JsonNode wanted = container.path("resources").path(what);
      if (container.path("restartPolicy").asString("").equals("Always")) {
        add(running, wanted);
        add(sidecars, wanted);
        raise(starting, sidecars);
      } else {
        Map<String, Long> one = new HashMap<>(sidecars);
        add(one, wanted);
        raise(starting, one);
      }
    }
    raise(running, starting);
    for (Map.Entry<String, JsonNode> whole : spec.path("resources").path(what).properties()) {
      running.put(whole.getKey(), amount(whole.getKey(), whole.getValue()));
    }
    add(running, spec.path("overhead"));
    return running;
  }

  private static void add(Map<String, Long> sum, JsonNode list) {
    for (Map.Entry<String, JsonNode> entry : list.properties()) {
      sum.merge(entry.getKey(), amount(entry.getKey(), entry.getValue()), Long::sum);
    }
  }

  private static void raise(Map<String, Long> most, Map<String, Long> other) {
    other.forEach((name, value) -> most.merge(name, value, Math::max));
  }
}
