package dev.mlk.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Everything known about a job at one moment.
 *
 * @param job the job
 * @param replicas its pods, in the usual order
 * @param events events about the job and its pods, oldest first
 * @param nodes the cluster's nodes, empty when the user may not see them
 * @param now the moment
 */
public record Observation(
    Job job,
    List<Replica> replicas,
    List<JsonNode> events,
    Optional<List<JsonNode>> nodes,
    Instant now) {
  public Observation {
    replicas = replicas.stream().sorted().toList();
    events = List.copyOf(events);
  }
}
