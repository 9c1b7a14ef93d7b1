package dev.mlk.sweep.early;

import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Asynchronous successive halving (Li et al., A System for Massively Parallel Hyperparameter
 * Tuning, MLSys 2020), in the form that stops instead of pausing: at a ninth and a third of its
 * steps, a trial goes on only if it is among the best third of those that came so far.
 */
final class AshaStop implements EarlyStop {
  private static final int ETA = 3;
  private static final int RUNGS = 2;
  private final Objective objective;
  private final double horizon;

  AshaStop(Objective objective, double horizon) {
    this.objective = objective;
    this.horizon = horizon;
  }

  @Override
  public Optional<String> reason(Curve own, Others others) {
    double longest =
        horizon > 0 ? horizon : others.ended().stream().mapToDouble(Curve::reached).max().orElse(0);
    if (longest <= 0) {
      return Optional.empty();
    }
    for (int rung = RUNGS; rung > 0; rung--) {
      double milestone = longest / Math.pow(ETA, rung);
      if (own.reached() >= milestone) {
        Optional<String> reason = at(milestone, own, others);
        if (reason.isPresent()) {
          return reason;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> at(double milestone, Curve own, Others others) {
    OptionalDouble mine = own.best(milestone, objective);
    if (mine.isEmpty()) {
      return Optional.empty();
    }
    List<Double> reached = new ArrayList<>();
    for (Curve curve : others.all()) {
      if (curve.reached() >= milestone) {
        curve.best(milestone, objective).ifPresent(reached::add);
      }
    }
    int number = reached.size() + 1;
    int better =
        (int) reached.stream().filter(v -> objective.better(v, mine.getAsDouble())).count();
    // With fewer than three nobody can be told to be in the worse two thirds.
    if (number < ETA || better < Math.max(1, number / ETA)) {
      return Optional.empty();
    }
    return Optional.of(
        "stopped at step "
            + Numbers.of(milestone)
            + ": "
            + objective.metric()
            + " "
            + Numbers.of(mine)
            + " is in place "
            + (better + 1)
            + " of "
            + number
            + ", and the best "
            + Math.max(1, number / ETA)
            + " go on");
  }
}
