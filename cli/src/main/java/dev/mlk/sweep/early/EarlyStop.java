package dev.mlk.sweep.early;

import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import java.util.List;
import java.util.Optional;

/** Decides whether a running trial is stopped. It looks at curves only, and keeps nothing. */
public interface EarlyStop {
  /** The names that users choose by. */
  List<String> NAMES = List.of("none", "median", "asha");

  /**
   * The others of a trial.
   *
   * @param ended curves of trials that went to their end
   * @param all curves of all others, those that run and those that were stopped as well
   */
  record Others(List<Curve> ended, List<Curve> all) {}

  /** Why a trial with that curve is to be stopped, in a sentence; empty to let it run. */
  Optional<String> reason(Curve own, Others others);

  /**
   * The rule of that name.
   *
   * @param horizon how many steps a whole trial has; 0 when nobody knows
   */
  static EarlyStop of(String name, Objective objective, double horizon) {
    return switch (name) {
      case "median" -> new MedianStop(objective);
      case "asha" -> new AshaStop(objective, horizon);
      default -> (_, _) -> Optional.empty();
    };
  }
}
