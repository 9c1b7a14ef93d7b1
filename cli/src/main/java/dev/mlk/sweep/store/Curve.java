package dev.mlk.sweep.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;

/**
 * A metric over time.
 *
 * @param steps the training steps, rising
 * @param values the metric at each of them
 */
public record Curve(List<Double> steps, List<Double> values) {
  /** Nothing measured. */
  public static final Curve NONE = new Curve(List.of(), List.of());

  public Curve {
    steps = List.copyOf(steps);
    values = List.copyOf(values);
  }

  /**
   * A curve of at most so many points: the first, the last, and evenly many between.
   *
   * @param size how many there are
   */
  public static Curve thinned(
      int size, IntToDoubleFunction step, IntToDoubleFunction value, int most) {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < Math.min(most, size); i++) {
      int index = size <= most ? i : (int) Math.round(i * (size - 1) / (double) (most - 1));
      steps.add(step.applyAsDouble(index));
      values.add(value.applyAsDouble(index));
    }
    return new Curve(steps, values);
  }

  /** The last step; 0 when there is none. */
  public double reached() {
    return steps.isEmpty() ? 0 : steps.getLast();
  }

  /** The best value up to a step; empty when nothing was measured by then. */
  public OptionalDouble best(double step, Objective objective) {
    OptionalDouble best = OptionalDouble.empty();
    for (int i = 0; i < steps.size() && steps.get(i) <= step; i++) {
      if (best.isEmpty() || objective.better(values.get(i), best.getAsDouble())) {
        best = OptionalDouble.of(values.get(i));
      }
    }
    return best;
  }

  /** The mean of the values up to a step; empty when nothing was measured by then. */
  public OptionalDouble mean(double step) {
    double sum = 0;
    int number = 0;
    for (int i = 0; i < steps.size() && steps.get(i) <= step; i++) {
      sum += values.get(i);
      number++;
    }
    return number == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / number);
  }
}
