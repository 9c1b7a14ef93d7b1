package dev.mlk.sweep.report;

import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import dev.mlk.sweep.trial.TrialJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came out of a sweep.
 *
 * @param sweep the sweep
 * @param ranked all trials, the best first, those without a result last
 * @param jobs the jobs that others have made, by name; none where the sweep makes them
 */
public record Report(Sweep sweep, List<Trial> ranked, Map<String, ObjectNode> jobs) {
  private static final Set<String> OWN_METADATA = Set.of("name", "namespace");

  public Report {
    ranked = List.copyOf(ranked);
    jobs = Map.copyOf(jobs);
  }

  /** The report of a sweep as it is now. */
  public static Report of(Sweep sweep) {
    return of(sweep, Map.of());
  }

  /** The same for a sweep whose jobs others have made. */
  public static Report of(Sweep sweep, Map<String, ObjectNode> jobs) {
    Objective objective = sweep.spec().objective();
    List<Trial> ranked = new ArrayList<>(sweep.trials());
    ranked.sort(
        (a, b) -> {
          int states = Integer.compare(order(a.state()), order(b.state()));
          if (states != 0) {
            return states;
          }
          int values = Double.compare(loss(a, objective), loss(b, objective));
          return values != 0 ? values : Integer.compare(a.number(), b.number());
        });
    return new Report(sweep, ranked, jobs);
  }

  private static int order(TrialState state) {
    return switch (state) {
      case SUCCEEDED -> 0;
      case OPEN -> 1;
      case STOPPED -> 2;
      case DIVERGED -> 3;
      case NO_METRIC -> 4;
      case FAILED -> 5;
    };
  }

  private static double loss(Trial trial, Objective objective) {
    return trial.result().value().isPresent()
        ? objective.loss(trial.result().value().getAsDouble())
        : Double.POSITIVE_INFINITY;
  }

  /** The trial with the best value; empty when none has one. */
  public Optional<Trial> best() {
    return ranked.stream().findFirst().filter(trial -> trial.state() == TrialState.SUCCEEDED);
  }

  /** The names of what differs between trials. */
  public List<String> parameters() {
    return sweep.spec().space().parameters().stream().map(p -> p.name()).toList();
  }

  /** How many trials are in a state. */
  public long count(TrialState state) {
    return ranked.stream().filter(trial -> trial.state() == state).count();
  }

  /** Whether every trial has run to an end that stands. */
  public boolean complete() {
    return ranked.stream().allMatch(trial -> trial.state().finished());
  }

  /** A TFJob that trains as the best trial did. */
  public Optional<ObjectNode> bestJob() {
    return best()
        .map(
            trial -> {
              ObjectNode made = jobs.get(trial.job(sweep.name()));
              ObjectNode job =
                  made == null ? TrialJob.filled(sweep.spec(), trial.point()) : bare(made);
              ObjectNode metadata = job.withObjectProperty("metadata");
              metadata.put("name", sweep.name() + "-best");
              metadata
                  .withObjectProperty("annotations")
                  .put("mlk.dev/best-of-sweep", sweep.name())
                  .put("mlk.dev/best-trial", trial.job(sweep.name()));
              return job;
            });
  }

  /** A job that can be created anew: what the cluster and its maker have added is not its own. */
  private static ObjectNode bare(ObjectNode made) {
    ObjectNode job = made.deepCopy();
    job.remove("status");
    job.withObjectProperty("metadata").retain(OWN_METADATA);
    return job;
  }
}
