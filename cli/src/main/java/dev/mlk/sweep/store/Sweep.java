package dev.mlk.sweep.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A sweep as the cluster keeps it.
 *
 * @param name its name
 * @param namespace where it is
 * @param uid of the object that keeps it
 * @param version the resourceVersion that was read
 * @param created when it began
 * @param stopped whether somebody stopped it
 * @param spec what it is to do
 * @param trials all trials proposed so far, in order
 */
public record Sweep(
    String name,
    String namespace,
    String uid,
    String version,
    Instant created,
    boolean stopped,
    SweepSpec spec,
    List<Trial> trials) {
  public Sweep {
    trials = List.copyOf(trials);
  }

  /** The same with these trials in the place of those with their numbers, or behind them. */
  public Sweep with(List<Trial> changed) {
    List<Trial> all = new ArrayList<>(trials);
    for (Trial trial : changed) {
      if (trial.number() <= all.size()) {
        all.set(trial.number() - 1, trial);
      } else {
        all.add(trial);
      }
    }
    return new Sweep(name, namespace, uid, version, created, stopped, spec, all);
  }

  /** How many trials have ended. */
  public int ended() {
    return (int) trials.stream().filter(trial -> trial.state().ended()).count();
  }
}
