package dev.mlk.sweep.store;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sweep that can be shown and compared, whoever made it.
 *
 * @param sweep the sweep, as far as it can be said in mlk's words
 * @param origin who made it, such as {@code Katib}; empty for mlk itself
 * @param jobs the jobs that others have made, by name
 * @param states how the jobs of trials are that have not ended, by name
 * @param removal the command that deletes it; empty for mlk's own
 */
public record KnownSweep(
    Sweep sweep,
    String origin,
    Map<String, ObjectNode> jobs,
    Map<String, String> states,
    String removal) {
  public KnownSweep {
    jobs = Map.copyOf(jobs);
    states = Map.copyOf(states);
  }

  /** A sweep of mlk's own. */
  public static KnownSweep own(Sweep sweep) {
    return new KnownSweep(sweep, "", Map.of(), Map.of(), "");
  }

  /** The same as another reading of its numbers tells. */
  public KnownSweep with(Sweep other) {
    return new KnownSweep(other, origin, jobs, states, removal);
  }
}
