package dev.mlk.gpu.overview;

import java.util.Optional;

/**
 * Where a job would go.
 *
 * @param job the job
 * @param likely what a scheduler would do now
 * @param tightest what would be nearest together; empty when there is no room for all of it
 * @param fillsUp whether the scheduler is known to fill nodes with GPUs up
 */
record Placement(JobPods job, Forecast likely, Optional<Forecast> tightest, boolean fillsUp) {
  /** What is tighter than the likely one: on fewer nodes, or with room for all pods. */
  Optional<Forecast> better() {
    return tightest.filter(
        other ->
            other.nodes().size() < likely.nodes().size()
                || (!likely.without().isEmpty() && other.without().isEmpty()));
  }
}
