package dev.mlk.sweep.trial;

import dev.mlk.format.Nearest;
import dev.mlk.job.Job;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What an ended job and its numbers mean for its trial. */
public final class Judgement {
  private static final int CURVE = 24;
  private static final int MOST_NAMES = 8;
  private static final Pattern DIVERGED =
      Pattern.compile("(?i)\\bdiverged\\b|\\b(loss|cost)\\b.*\\b(nan|inf|infinity)\\b");

  private Judgement() {}

  /**
   * The result.
   *
   * @param job the ended job
   * @param reading what its leading replica told
   * @param why why the job failed, as a sentence; empty when it succeeded
   */
  public static Result of(
      Job job, MetricSource.Reading reading, Objective objective, List<String> why) {
    Measures measures = reading.measures();
    boolean failed = job.state() == Job.State.FAILED;
    boolean diverged =
        failed
            ? measures.lines().stream().anyMatch(line -> DIVERGED.matcher(line).find())
            : wild(measures.last(), objective.metric());
    List<String> cause = new ArrayList<>(why);
    if (diverged) {
      cause.add(0, divergence(measures, objective));
      return result(TrialState.DIVERGED, OptionalDouble.empty(), measures, cause, job);
    }
    if (failed) {
      measures.lines().forEach(line -> cause.add(LogSource.leader(job) + " | " + line));
      return result(TrialState.FAILED, OptionalDouble.empty(), measures, cause, job);
    }
    return measured(job, reading, objective);
  }

  private static Result measured(Job job, MetricSource.Reading reading, Objective objective) {
    Measures measures = reading.measures();
    OptionalDouble value = value(measures.last(), objective.metric());
    return value.isPresent()
        ? result(TrialState.SUCCEEDED, value, measures, List.of(), job)
        : result(TrialState.NO_METRIC, value, measures, missing(job, reading, objective), job);
  }

  private static OptionalDouble value(Map<String, String> last, String metric) {
    String text = last.get(metric);
    return text == null ? OptionalDouble.empty() : Measures.number(text);
  }

  /** Whether the metric, or any loss, ended as no finite number. */
  private static boolean wild(Map<String, String> last, String metric) {
    for (Map.Entry<String, String> entry : last.entrySet()) {
      boolean telling =
          entry.getKey().equals(metric) || entry.getKey().toLowerCase(Locale.ROOT).contains("loss");
      OptionalDouble number = Measures.number(entry.getValue());
      if (telling && number.isPresent() && !Double.isFinite(number.getAsDouble())) {
        return true;
      }
    }
    return false;
  }

  private static String divergence(Measures measures, Objective objective) {
    for (Map.Entry<String, String> entry : measures.last().entrySet()) {
      OptionalDouble number = Measures.number(entry.getValue());
      if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
        return "diverged: " + entry.getKey() + "=" + entry.getValue();
      }
    }
    return measures.lines().stream()
        .filter(line -> DIVERGED.matcher(line).find())
        .findFirst()
        .orElse("diverged: no finite " + objective.metric());
  }

  /** What was looked for, where, what was there, and the last lines. */
  private static List<String> missing(Job job, MetricSource.Reading reading, Objective objective) {
    List<String> cause = new ArrayList<>();
    Map<String, String> last = reading.measures().last();
    String metric = objective.metric();
    String looked = "looked for " + metric + "=NUMBER in " + reading.place();
    if (!reading.missing().isEmpty()) {
      cause.add(looked + ", which cannot be read: " + reading.missing());
      return cause;
    }
    if (last.containsKey(metric)) {
      cause.add(looked + ": its last value is \"" + last.get(metric) + "\", which is no number");
    } else if (last.isEmpty()) {
      cause.add(looked + ": no line has the form name=value");
    } else {
      String near =
          Nearest.to(metric, last.keySet()).map(n -> " (did you mean " + n + "?)").orElse("");
      cause.add(looked + ": there is none" + near + "; it has " + names(last));
    }
    if (reading.measures().lines().isEmpty()) {
      cause.add("the log is empty");
    }
    reading.measures().lines().forEach(line -> cause.add(LogSource.leader(job) + " | " + line));
    return cause;
  }

  private static String names(Map<String, String> last) {
    List<String> all = List.copyOf(last.keySet());
    int most = Math.min(MOST_NAMES, all.size());
    // A log begins with settings; what is measured comes later.
    return (most < all.size() ? "..., " : "")
        + String.join(", ", all.subList(all.size() - most, all.size()));
  }

  private static Result result(
      TrialState state, OptionalDouble value, Measures measures, List<String> cause, Job job) {
    return new Result(state, value, measures.last(), measures.curve(CURVE), cause, seconds(job));
  }

  /** How long the job took. */
  static double seconds(Job job) {
    if (job.started().isEmpty()) {
      return 0;
    }
    return job.completed()
        .map(end -> Duration.between(job.started().get(), end).toMillis() / 1000.0)
        .orElse(0.0);
  }

  /** The result of a trial that was stopped while it ran. */
  public static Result stopped(Measures measures, String reason, double seconds) {
    return new Result(
        TrialState.STOPPED,
        OptionalDouble.empty(),
        measures.last(),
        measures.curve(CURVE),
        List.of(reason),
        seconds);
  }

  /** The result for another metric, as far as what was seen tells. */
  public static Result again(Result old, Objective objective) {
    if (old.state() != TrialState.SUCCEEDED && old.state() != TrialState.NO_METRIC) {
      return old;
    }
    OptionalDouble value = value(old.seen(), objective.metric());
    if (wild(old.seen(), objective.metric())) {
      return new Result(
          TrialState.DIVERGED,
          OptionalDouble.empty(),
          old.seen(),
          Curve.NONE,
          List.of("diverged: " + objective.metric() + "=" + old.seen().get(objective.metric())),
          old.seconds());
    }
    List<String> cause =
        value.isPresent()
            ? List.of()
            : List.of(
                "looked for "
                    + objective.metric()
                    + "=NUMBER in what its log had said: "
                    + String.join(", ", old.seen().keySet()));
    return new Result(
        value.isPresent() ? TrialState.SUCCEEDED : TrialState.NO_METRIC,
        value,
        old.seen(),
        Curve.NONE,
        cause,
        old.seconds());
  }
}
