package dev.mlk.sweep.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What is known of an ended trial. It is bounded, so that hundreds fit into one object.
 *
 * @param state how it ended
 * @param value the metric; empty when there is none that counts
 * @param seen the last value of every name in its log, as written
 * @param curve the metric over time, thinned out
 * @param cause why there is no value, one line each
 * @param seconds how long its job took
 */
public record Result(
    TrialState state,
    OptionalDouble value,
    Map<String, String> seen,
    Curve curve,
    List<String> cause,
    double seconds) {
  /** Nothing yet. */
  public static final Result NONE =
      new Result(TrialState.OPEN, OptionalDouble.empty(), Map.of(), Curve.NONE, List.of(), 0);

  private static final int LINES = 8;
  private static final int LINE_LENGTH = 240;

  public Result {
    seen = Collections.unmodifiableMap(new LinkedHashMap<>(seen));
    cause = cause.stream().limit(LINES).map(Result::cut).toList();
  }

  private static String cut(String line) {
    return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH - 3) + "...";
  }

  /** Still to be run, for this reason. */
  public static Result again(List<String> cause) {
    return new Result(TrialState.OPEN, OptionalDouble.empty(), Map.of(), Curve.NONE, cause, 0);
  }
}
