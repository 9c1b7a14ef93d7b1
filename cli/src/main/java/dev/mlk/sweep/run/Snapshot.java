package dev.mlk.sweep.run;

import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.trial.Measures;
import java.time.Duration;
import java.util.Map;

/**
 * A sweep at one moment of its run.
 *
 * @param sweep what is written down
 * @param jobs the state of each trial's job that is in the cluster and has not ended, by job name
 * @param live the numbers of running trials, by job name
 * @param room how many may run at once
 * @param elapsed since this command began
 */
public record Snapshot(
    Sweep sweep,
    Map<String, String> jobs,
    Map<String, Measures> live,
    String room,
    Duration elapsed) {
  /** How many trials are in the cluster and have not ended. */
  public int active() {
    return jobs.size();
  }
}
