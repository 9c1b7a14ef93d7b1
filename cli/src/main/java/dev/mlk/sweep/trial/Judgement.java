package dev.mlk.sweep.trial;

import dev.mlk.format.Nearest;
import dev.mlk.job.Job;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.TrialState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
   * @param reading what its leading replica and its event files told
   * @param why why the job failed, as a sentence; empty when it succeeded
   */
  public static Result of(
      Job job, MetricSource.Reading reading, Objective objective, List<String> why) {
    Measures measures = reading.measures();
    EventMetric events =
        new EventMetric(reading.events(), objective.metric(), LogSource.leader(job));
    boolean failed = job.state() == Job.State.FAILED;
    boolean diverged =
        failed
            ? measures.lines().stream().anyMatch(line -> DIVERGED.matcher(line).find())
            : wild(measures.last(), objective.metric()) || events.divergence().isPresent();
    List<String> cause = new ArrayList<>(why);
    if (diverged) {
      cause.add(
          0,
          events
              .divergence()
              .filter(_ -> !wild(measures.last(), objective.metric()))
              .orElseGet(() -> divergence(measures, objective)));
      return result(TrialState.DIVERGED, OptionalDouble.empty(), reading, cause, job);
    }
    if (failed) {
      measures.lines().forEach(line -> cause.add(LogSource.leader(job) + " | " + line));
      return result(TrialState.FAILED, OptionalDouble.empty(), reading, cause, job);
    }
    return measured(job, reading, objective, events);
  }

  private static Result measured(
      Job job, MetricSource.Reading reading, Objective objective, EventMetric events) {
    String logged = reading.measures().last().getOrDefault(objective.metric(), "");
    OptionalDouble value = Measures.number(logged);
    if (value.isPresent()) {
      List<String> doubts = events.doubts(reading.place(), logged);
      return result(TrialState.SUCCEEDED, value, reading, doubts, job);
    }
    Optional<Scalar> scalar = events.counting().filter(found -> found.last().isPresent());
    if (scalar.isEmpty()) {
      List<String> cause = missing(job, reading, objective, events);
      return result(TrialState.NO_METRIC, value, reading, cause, job);
    }
    List<String> doubts = new ArrayList<>(events.doubts(reading.place(), logged));
    if (!logged.isEmpty()) {
      doubts.add(
          reading.place()
              + " says "
              + objective.metric()
              + "="
              + logged
              + ", which is no number; the event files count");
    }
    Curve curve = scalar.get().curve();
    return new Result(
        TrialState.SUCCEEDED,
        scalar.get().last(),
        seen(reading),
        Curve.thinned(
            curve.values().size(), i -> curve.steps().get(i), i -> curve.values().get(i), CURVE),
        doubts,
        seconds(job));
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
  private static List<String> missing(
      Job job, MetricSource.Reading reading, Objective objective, EventMetric events) {
    List<String> cause = new ArrayList<>();
    Map<String, String> last = reading.measures().last();
    String metric = objective.metric();
    String looked = "looked for " + metric + "=NUMBER in " + reading.place();
    if (!reading.missing().isEmpty()) {
      cause.add(looked + ", which cannot be read: " + reading.missing());
      events.missing().ifPresent(cause::add);
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
    events.missing().ifPresent(cause::add);
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
      TrialState state,
      OptionalDouble value,
      MetricSource.Reading reading,
      List<String> cause,
      Job job) {
    Curve curve = reading.measures().curve(CURVE);
    return new Result(state, value, seen(reading), curve, cause, seconds(job));
  }

  /** The last values of the log, and some of the event files under their whole names. */
  private static Map<String, String> seen(MetricSource.Reading reading) {
    Map<String, String> seen = new LinkedHashMap<>(reading.measures().last());
    int names = 0;
    for (Scalar scalar : reading.events().scalars()) {
      if (scalar.last().isPresent() && names++ < MOST_NAMES) {
        seen.putIfAbsent(scalar.name(), Double.toString(scalar.last().getAsDouble()));
      }
    }
    return seen;
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
