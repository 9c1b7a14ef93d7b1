package dev.mlk.practice.node.probe;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A probe of a container.
 *
 * @param action what is done
 * @param initialDelay how long after the container's start
 * @param period how often
 * @param timeout how long it may take
 * @param successThreshold successes in a row until it counts as well
 * @param failureThreshold failures in a row until it counts as failed
 */
public record Probe(
    ProbeAction action,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold) {

  /** The probe of that name in a container; empty when there is none. */
  public static Optional<Probe> of(JsonNode container, String name) {
    JsonNode json = container.path(name);
    return ProbeAction.of(json)
        .map(
            action ->
                new Probe(
                    action,
                    Duration.ofSeconds(json.path("initialDelaySeconds").asLong(0)),
                    Duration.ofSeconds(Math.max(1, json.path("periodSeconds").asLong(10))),
                    Duration.ofSeconds(Math.max(1, json.path("timeoutSeconds").asLong(1))),
                    Math.max(1, json.path("successThreshold").asInt(1)),
                    Math.max(1, json.path("failureThreshold").asInt(3))));
  }
}
