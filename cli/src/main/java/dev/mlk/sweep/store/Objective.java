package dev.mlk.sweep.store;

import java.util.List;
import java.util.Locale;

/**
 * What makes a trial good.
 *
 * @param metric the name of the number, as the training program logs it
 * @param maximize whether more is better
 */
public record Objective(String metric, boolean maximize) {
  private static final List<String> SMALL_IS_GOOD =
      List.of("loss", "error", "perplexity", "rmse", "mse", "mae", "entropy", "regret");

  /** The objective for a metric whose goal the user did not say: its name tells. */
  public static Objective guessed(String metric) {
    String name = metric.toLowerCase(Locale.ROOT);
    return new Objective(metric, SMALL_IS_GOOD.stream().noneMatch(name::contains));
  }

  /** {@code maximize} or {@code minimize}. */
  public String goal() {
    return maximize ? "maximize" : "minimize";
  }

  /** The value as a loss: smaller is better. */
  public double loss(double value) {
    return maximize ? -value : value;
  }

  /** Whether a value beats another. */
  public boolean better(double value, double other) {
    return loss(value) < loss(other);
  }
}
