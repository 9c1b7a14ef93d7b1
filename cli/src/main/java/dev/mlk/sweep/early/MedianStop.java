package dev.mlk.sweep.early;

import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stops a trial whose best value so far is worse than the median of the mean values that ended
 * trials had up to the same step (the median stopping rule of Golovin et al., Google Vizier, KDD
 * 2017).
 */
final class MedianStop implements EarlyStop {
  private static final int FEWEST = 3;

  /** Before a fifth of a usual trial, curves tell little. */
  private static final double EARLIEST = 0.2;

  private final Objective objective;

  MedianStop(Objective objective) {
    this.objective = objective;
  }

  @Override
  public Optional<String> reason(Curve own, Others others) {
    double step = own.reached();
    List<Curve> ended = others.ended();
    double longest = ended.stream().mapToDouble(Curve::reached).max().orElse(0);
    double[] means =
        ended.stream()
            .map(curve -> curve.mean(step))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    OptionalDouble best = own.best(step, objective);
    if (means.length < FEWEST || best.isEmpty() || step < EARLIEST * longest) {
      return Optional.empty();
    }
    double median = (means[(means.length - 1) / 2] + means[means.length / 2]) / 2;
    if (!objective.better(median, best.getAsDouble())) {
      return Optional.empty();
    }
    return Optional.of(
        "stopped at step "
            + Numbers.of(step)
            + ": its best "
            + objective.metric()
            + " "
            + Numbers.of(best)
            + " is worse than "
            + Numbers.of(median)
            + ", the median of what "
            + means.length
            + " ended trials had on average up to that step");
  }
}
