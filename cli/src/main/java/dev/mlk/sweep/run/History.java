package dev.mlk.sweep.run;

import dev.mlk.sweep.search.Tried;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import java.util.List;
import java.util.OptionalDouble;

/** What a search learns from. */
final class History {
  private History() {}

  static List<Tried> of(Sweep sweep) {
    Objective objective = sweep.spec().objective();
    return sweep.trials().stream()
        .map(trial -> new Tried(trial.point(), loss(trial, objective)))
        .toList();
  }

  private static OptionalDouble loss(Trial trial, Objective objective) {
    if (!trial.state().ended()) {
      return OptionalDouble.empty();
    }
    OptionalDouble value = trial.result().value();
    return OptionalDouble.of(
        value.isPresent() ? objective.loss(value.getAsDouble()) : Double.POSITIVE_INFINITY);
  }
}
