package dev.mlk.sweep.report;

import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How much each parameter mattered: the share of the metric's variance that goes when the parameter
 * is known, as the correlation ratio epsilon squared (Kelley, An Unbiased Correlation Ratio
 * Measure, PNAS 21, 1935), which unlike the plain ratio does not grow with the number of values
 * tried. It tells of each parameter alone, not of two together.
 */
public final class Importance {
  private static final int FEWEST = 4;
  private static final int MOST_GROUPS = 6;

  /**
   * A parameter's share.
   *
   * @param parameter its name
   * @param share between 0 and 1; empty when there are too few trials to tell
   */
  public record Share(String parameter, OptionalDouble share) {}

  private record Sample(double place, String value, double metric) {}

  private Importance() {}

  /** All parameters, the most important first. */
  public static List<Share> of(Sweep sweep) {
    List<Share> shares = new ArrayList<>();
    for (Parameter parameter : sweep.spec().space().parameters()) {
      List<Sample> samples = new ArrayList<>();
      for (Trial trial : sweep.trials()) {
        OptionalDouble metric = trial.result().value();
        if (metric.isPresent()) {
          String value = trial.point().values().get(parameter.name());
          samples.add(new Sample(parameter.domain().place(value), value, metric.getAsDouble()));
        }
      }
      shares.add(new Share(parameter.name(), share(groups(samples, parameter.domain()))));
    }
    shares.sort(Comparator.comparingDouble((Share share) -> share.share().orElse(-1)).reversed());
    return shares;
  }

  /** Trials with the same value; or, where values are many, with near ones. */
  private static List<List<Double>> groups(List<Sample> samples, Domain domain) {
    long values = samples.stream().map(Sample::value).distinct().count();
    Map<String, List<Double>> groups = new HashMap<>();
    if (domain instanceof Domain.Range && values > MOST_GROUPS) {
      List<Sample> sorted =
          samples.stream().sorted(Comparator.comparingDouble(Sample::place)).toList();
      int number = Math.max(2, Math.min(MOST_GROUPS, samples.size() / 4));
      for (int i = 0; i < sorted.size(); i++) {
        String group = Integer.toString(i * number / sorted.size());
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(sorted.get(i).metric());
      }
    } else {
      for (Sample sample : samples) {
        groups.computeIfAbsent(sample.value(), _ -> new ArrayList<>()).add(sample.metric());
      }
    }
    return List.copyOf(groups.values());
  }

  static OptionalDouble share(List<List<Double>> groups) {
    List<Double> all = groups.stream().flatMap(List::stream).toList();
    int trials = all.size();
    if (groups.size() < 2 || trials < FEWEST || trials <= groups.size()) {
      return OptionalDouble.empty();
    }
    double total = squares(all);
    double within = groups.stream().mapToDouble(Importance::squares).sum();
    if (total <= 0) {
      return OptionalDouble.of(0);
    }
    double unexplained = within / (trials - groups.size()) / (total / (trials - 1));
    return OptionalDouble.of(Math.max(0, Math.min(1, 1 - unexplained)));
  }

  /** The sum of squared distances from the mean. */
  private static double squares(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    return values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
  }
}
