package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * How a gang scheduler treats the pods of a job together. Every component may be null.
 *
 * @param minAvailable pods that must fit at once
 * @param minResources resources that must be free at once
 * @param queue queue of the gang scheduler
 * @param priorityClass priority class of the group
 * @param scheduleTimeoutSeconds seconds after which the attempt is given up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchedulingPolicy(
    Integer minAvailable,
    Map<String, Quantity> minResources,
    String queue,
    String priorityClass,
    Integer scheduleTimeoutSeconds) {
  /** Copies the map. */
  public SchedulingPolicy {
    minResources = minResources == null ? null : Map.copyOf(minResources);
  }
}
