package dev.mlk.gpu.overview;

import dev.mlk.practice.select.PodResources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the metrics API tells of CPU and memory, of nodes and of the pods asked about. */
final class Spent {
  /**
   * CPU and memory in use.
   *
   * @param milliCpu thousandths of a CPU
   * @param bytes of memory
   */
  record Figure(long milliCpu, long bytes) {
    Figure plus(Figure other) {
      return new Figure(milliCpu + other.milliCpu, bytes + other.bytes);
    }

    private static Figure of(JsonNode usage) {
      return new Figure(
          PodResources.amount("cpu", usage.path("cpu")),
          PodResources.amount("memory", usage.path("memory")));
    }
  }

  private final Map<String, Figure> figures = new HashMap<>();

  private Spent() {}

  /** Of nodes, by name. */
  static Spent ofNodes(JsonNode list) {
    Spent spent = new Spent();
    for (JsonNode item : list.path("items")) {
      String name = item.path("metadata").path("name").asString("");
      spent.figures.put(name, Figure.of(item.path("usage")));
    }
    return spent;
  }

  /**
   * Of pods, by namespace and name.
   *
   * @param wanted whose figures are kept
   */
  static Spent ofPods(JsonNode list, Set<String> wanted) {
    Spent spent = new Spent();
    for (JsonNode item : list.path("items")) {
      JsonNode metadata = item.path("metadata");
      String key =
          metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
      if (wanted.contains(key)) {
        Figure sum = new Figure(0, 0);
        for (JsonNode container : item.path("containers")) {
          sum = sum.plus(Figure.of(container.path("usage")));
        }
        spent.figures.put(key, sum);
      }
    }
    return spent;
  }

  /** Whether there is a figure of a node's name or a pod's key. */
  boolean tells(String key) {
    return figures.containsKey(key);
  }

  /** The figure of a node's name or a pod's key; empty when not told. */
  Optional<Figure> of(String key) {
    return Optional.ofNullable(figures.get(key));
  }
}
