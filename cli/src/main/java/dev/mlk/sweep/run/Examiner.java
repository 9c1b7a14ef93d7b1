package dev.mlk.sweep.run;

import dev.mlk.job.Diagnose;
import dev.mlk.job.Diagnosis;
import dev.mlk.job.Job;
import dev.mlk.job.Observation;
import dev.mlk.job.Replica;
import dev.mlk.job.Verdict;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import dev.mlk.sweep.trial.Judgement;
import dev.mlk.sweep.trial.Measures;
import dev.mlk.sweep.trial.MetricSource;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks whether a trial's job has ended, or never will, and what that means. */
final class Examiner {
  private static final int ENOUGH_MEMORY_KILLS = 2;
  private static final int ENOUGH_KILLS = 4;
  private static final int FIRST_SIGNAL = 128;

  /** The reason of a container of which nobody saw how it ended, as its node was lost. */
  private static final String LOST = "Unknown";

  private final ApiClient api;
  private final MetricSource source;
  private final InstantSource clock;
  private final Map<String, Set<String>> memoryKills = new HashMap<>();
  private final Map<String, Set<String>> kills = new HashMap<>();

  Examiner(ApiClient api, MetricSource source, InstantSource clock) {
    this.api = api;
    this.source = source;
    this.clock = clock;
  }

  /** The trial as it is to be written down; empty while its job goes on. */
  Optional<Trial> look(Sweep sweep, Trial trial, Job job, List<Replica> replicas) {
    if (!job.ended()) {
      return hopeless(job, replicas).map(cause -> given(sweep, trial, job, cause));
    }
    boolean failed = job.state() == Job.State.FAILED;
    List<String> why = failed ? why(job) : List.of();
    MetricSource.Reading reading = source.read(job, sweep.spec().objective().metric());
    Result result = Judgement.of(job, reading, sweep.spec().objective(), why);
    boolean again =
        result.state() == TrialState.FAILED
            && trial.attempt() - trial.first() < sweep.spec().limits().retries();
    return Optional.of(again ? trial.retried(Result.again(result.cause())) : trial.with(result));
  }

  private List<String> why(Job job) {
    List<Replica> replicas = new ArrayList<>();
    api.list(
            Resources.PODS,
            job.namespace(),
            Map.of("labelSelector", Job.JOB_LABEL + "=" + job.name()))
        .path("items")
        .forEach(pod -> replicas.add(new Replica(pod)));
    return words(diagnosis(job, replicas));
  }

  private Diagnosis diagnosis(Job job, List<Replica> replicas) {
    return Diagnose.of(
        new Observation(job, replicas, List.of(), Optional.empty(), clock.instant()));
  }

  private static List<String> words(Diagnosis diagnosis) {
    List<String> words = new ArrayList<>();
    words.add(diagnosis.sentence());
    if (!diagnosis.cause().isEmpty()) {
      words.add(diagnosis.cause());
    }
    return words;
  }

  /** Why waiting for the job would be in vain. */
  private Optional<List<String>> hopeless(Job job, List<Replica> replicas) {
    for (Replica replica : replicas) {
      JsonNode failure = replica.failure();
      String reason = failure.path("reason").asString("");
      String kill = replica.uid() + failure.path("finishedAt").asString("");
      if (reason.equals("OOMKilled")) {
        memoryKills.computeIfAbsent(job.name(), _ -> new HashSet<>()).add(kill);
      } else if (failure.path("exitCode").asInt(0) >= FIRST_SIGNAL && !reason.equals(LOST)) {
        kills.computeIfAbsent(job.name(), _ -> new HashSet<>()).add(kill);
      }
    }
    Diagnosis diagnosis = diagnosis(job, replicas);
    if (diagnosis.verdict() == Verdict.IMAGE
        || memoryKills.getOrDefault(job.name(), Set.of()).size() >= ENOUGH_MEMORY_KILLS) {
      return Optional.of(words(diagnosis));
    }
    int count = kills.getOrDefault(job.name(), Set.of()).size();
    return count < ENOUGH_KILLS ? Optional.empty() : Optional.of(killed(count, replicas));
  }

  private static List<String> killed(int count, List<Replica> replicas) {
    for (Replica replica : replicas) {
      int code = replica.failure().path("exitCode").asInt(0);
      if (code >= FIRST_SIGNAL) {
        return List.of(
            replica.name() + " was killed, the last time with exit code " + code,
            count + " times in this trial, which is enough");
      }
    }
    return List.of("its replicas were killed " + count + " times, which is enough");
  }

  private Trial given(Sweep sweep, Trial trial, Job job, List<String> cause) {
    api.deleteIfThere(Resources.TFJOBS, sweep.namespace(), job.name());
    Measures nothing = new Measures("");
    Result result =
        new Result(
            TrialState.FAILED, OptionalDouble.empty(), nothing.last(), nothing.curve(0), cause, 0);
    return trial.with(result);
  }
}
