package dev.mlk.practice.select;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Taints of nodes against tolerations of pods. */
public final class Tolerations {
  private Tolerations() {}

  /** Whether the pod may be put on the node, as far as taints that keep pods away decide. */
  public static boolean tolerates(JsonNode pod, JsonNode node) {
    for (JsonNode taint : node.path("spec").path("taints")) {
      String effect = taint.path("effect").asString("");
      if ((effect.equals("NoSchedule") || effect.equals("NoExecute")) && !tolerated(pod, taint)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of the pod's tolerations covers the taint. */
  public static boolean tolerated(JsonNode pod, JsonNode taint) {
    for (JsonNode toleration : pod.path("spec").path("tolerations")) {
      if (covers(toleration, taint)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How long the pod may stay with the node's NoExecute taints: empty for ever, zero for not at
   * all.
   */
  public static Optional<Duration> stay(JsonNode pod, JsonNode node) {
    Optional<Duration> shortest = Optional.empty();
    for (JsonNode taint : node.path("spec").path("taints")) {
      if (taint.path("effect").asString("").equals("NoExecute")) {
        Optional<Duration> one = stayWith(pod, taint);
        if (one.isPresent() && (shortest.isEmpty() || one.get().compareTo(shortest.get()) < 0)) {
          shortest = one;
        }
      }
    }
    return shortest;
  }

  private static Optional<Duration> stayWith(JsonNode pod, JsonNode taint) {
    boolean covered = false;
    long seconds = Long.MAX_VALUE;
    for (JsonNode toleration : pod.path("spec").path("tolerations")) {
      if (covers(toleration, taint)) {
        covered = true;
        JsonNode limit = toleration.path("tolerationSeconds");
        if (limit.isNumber()) {
          seconds = Math.min(seconds, Math.max(0, limit.asLong(0)));
        }
      }
    }
    if (!covered) {
      return Optional.of(Duration.ZERO);
    }
    return seconds == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static boolean covers(JsonNode toleration, JsonNode taint) {
    String effect = toleration.path("effect").asString("");
    if (!effect.isEmpty() && !effect.equals(taint.path("effect").asString(""))) {
      return false;
    }
    String key = toleration.path("key").asString("");
    if (!key.isEmpty() && !key.equals(taint.path("key").asString(""))) {
      return false;
    }
    return switch (toleration.path("operator").asString("Equal")) {
      case "Exists" -> true;
      case "Equal", "" ->
          !key.isEmpty()
              && toleration.path("value").asString("").equals(taint.path("value").asString(""));
      default -> false;
    };
  }
}
