package dev.mlk.sweep.run;

import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.early.EarlyStop;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import dev.mlk.sweep.trial.Judgement;
import dev.mlk.sweep.trial.Measures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Stops running trials early. A decision is written down first; the job is deleted afterwards. */
final class Stopper {
  private static final int POINTS = 256;
  private static final Set<String> LENGTHS =
      Set.of("--steps", "--max-steps", "--max_steps", "--train-steps", "--train_steps");
  private final ApiClient api;
  private final InstantSource clock;
  private final EarlyStop rule;
  private final boolean active;

  Stopper(ApiClient api, InstantSource clock, SweepSpec spec) {
    this.api = api;
    this.clock = clock;
    this.rule = EarlyStop.of(spec.limits().stopEarly(), spec.objective(), horizon(spec.job()));
    this.active = !spec.limits().stopEarly().equals("none");
  }

  /** Whether the numbers of running trials are needed. */
  boolean active() {
    return active;
  }

  /** How many steps the job is told to make; 0 when it is not told. */
  private static double horizon(JsonNode job) {
    for (JsonNode replica : job.path("spec").path("tfReplicaSpecs")) {
      for (JsonNode container : replica.path("template").path("spec").path("containers")) {
        for (JsonNode arg : container.path("args")) {
          String word = arg.asString("");
          int equals = word.indexOf('=');
          if (equals > 0 && LENGTHS.contains(word.substring(0, equals))) {
            return Measures.number(word.substring(equals + 1)).orElse(0);
          }
        }
      }
    }
    return 0;
  }

  /** The trials that are to be stopped now, with the reason in their results. */
  List<Trial> decide(Sweep sweep, Map<String, Job> jobs, LiveLogs live) {
    List<Trial> stopped = new ArrayList<>();
    if (!active) {
      return stopped;
    }
    for (Trial trial : sweep.trials()) {
      Job job = jobs.get(trial.job(sweep.name()));
      Optional<Measures> measures =
          trial.state().ended() || job == null || job.ended()
              ? Optional.empty()
              : live.of(job.name());
      if (measures.isPresent()) {
        rule.reason(measures.get().curve(POINTS), others(sweep, trial, live))
            .ifPresent(
                reason ->
                    stopped.add(
                        trial.with(Judgement.stopped(measures.get(), reason, seconds(job)))));
      }
    }
    return stopped;
  }

  private double seconds(Job job) {
    return job.started()
        .map(start -> Duration.between(start, clock.instant()).toMillis() / 1000.0)
        .orElse(0.0);
  }

  private static EarlyStop.Others others(Sweep sweep, Trial own, LiveLogs live) {
    List<Curve> ended = new ArrayList<>();
    List<Curve> all = new ArrayList<>();
    for (Trial trial : sweep.trials()) {
      if (trial.number() != own.number()) {
        Curve curve =
            trial.state().ended()
                ? trial.result().curve()
                : live.of(trial.job(sweep.name()))
                    .map(measures -> measures.curve(POINTS))
                    .orElse(Curve.NONE);
        all.add(curve);
        if (trial.state() == TrialState.SUCCEEDED) {
          ended.add(curve);
        }
      }
    }
    return new EarlyStop.Others(ended, all);
  }

  /** Deletes jobs that still run although their trials are stopped. */
  void clean(Sweep sweep, Map<String, Job> jobs) {
    for (Trial trial : sweep.trials()) {
      Job job = trial.state() == TrialState.STOPPED ? jobs.get(trial.job(sweep.name())) : null;
      if (job != null && !job.ended()) {
        api.deleteIfThere(Resources.TFJOBS, sweep.namespace(), job.name());
      }
    }
  }
}
