package dev.mlk.sweep.katib;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.space.Space;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import dev.mlk.sweep.trial.Judgement;
import dev.mlk.sweep.trial.LogSource;
import dev.mlk.sweep.trial.Measures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an Experiment and its Trials as a sweep. */
final class ExperimentReader {
  private final JsonNode experiment;
  private final List<JsonNode> trials;
  private final ApiClient api;
  private final Objective objective;

  /**
   * A reader.
   *
   * @param api where logs are read that tell why a number is missing
   */
  ExperimentReader(JsonNode experiment, List<JsonNode> trials, ApiClient api) {
    this.experiment = experiment;
    this.trials = trials.stream().sorted(Comparator.comparing(ExperimentReader::created)).toList();
    this.api = api;
    JsonNode wanted = experiment.path("spec").path("objective");
    this.objective =
        new Objective(
            wanted.path("objectiveMetricName").asString(""),
            wanted.path("type").asString("").equals("maximize"));
  }

  private static Instant created(JsonNode object) {
    return time(object.path("metadata").path("creationTimestamp")).orElse(Instant.EPOCH);
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
  }

  KnownSweep read() {
    JsonNode metadata = experiment.path("metadata");
    List<Trial> all = new ArrayList<>();
    Map<String, ObjectNode> jobs = new LinkedHashMap<>();
    Map<String, String> states = new LinkedHashMap<>();
    for (JsonNode trial : trials) {
      String name = trial.path("metadata").path("name").asString("");
      Result result = result(trial);
      all.add(Trial.met(all.size() + 1, point(trial), result, name));
      if (trial.path("spec").path("runSpec") instanceof ObjectNode job) {
        jobs.put(name, job);
      }
      if (!result.state().ended()) {
        states.put(name, condition(trial, "Running").isPresent() ? "Running" : "Waiting");
      }
    }
    String name = metadata.path("name").asString("");
    String namespace = metadata.path("namespace").asString("");
    Sweep sweep =
        new Sweep(
            name,
            namespace,
            metadata.path("uid").asString(""),
            metadata.path("resourceVersion").asString(""),
            created(experiment),
            false,
            spec(),
            all);
    return new KnownSweep(
        sweep, "Katib", jobs, states, "kubectl delete experiment " + name + " -n " + namespace);
  }

  private SweepSpec spec() {
    JsonNode spec = experiment.path("spec");
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (JsonNode parameter : spec.path("parameters")) {
      String name = parameter.path("name").asString("");
      parameters.put(name, new Parameter(name, List.of(), domain(parameter)));
    }
    // What no space was given for, as the architectures of a neural architecture search.
    Map<String, List<String>> other = new LinkedHashMap<>();
    trials.forEach(
        trial ->
            values(trial)
                .forEach(
                    (name, value) -> {
                      if (!parameters.containsKey(name)) {
                        other.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
                      }
                    }));
    other.forEach(
        (name, seen) ->
            parameters.put(name, new Parameter(name, List.of(), new Domain.Choice(seen))));
    String algorithm = spec.path("algorithm").path("algorithmName").asString("");
    int most = spec.path("maxTrialCount").asInt(trials.size());
    JsonNode job = spec.path("trialTemplate").path("trialSpec");
    return new SweepSpec(
        job instanceof ObjectNode tree ? tree : Json.object(),
        new Space(List.copyOf(parameters.values()), List.of()),
        objective,
        new SweepSpec.Choice(
            Search.Kind.of(algorithm).orElse(Search.Kind.OTHER), 0, Math.max(most, trials.size())),
        new SweepSpec.Limits(spec.path("parallelTrialCount").asInt(0), 0, "", "none"));
  }

  private static Domain domain(JsonNode parameter) {
    JsonNode space = parameter.path("feasibleSpace");
    List<String> list = new ArrayList<>();
    space.path("list").forEach(value -> list.add(value.asString("")));
    if (!list.isEmpty()) {
      return new Domain.Choice(list);
    }
    OptionalDouble low = Measures.number(space.path("min").asString(""));
    OptionalDouble high = Measures.number(space.path("max").asString(""));
    if (low.isEmpty() || high.isEmpty() || low.getAsDouble() >= high.getAsDouble()) {
      return new Domain.Choice(List.of(space.path("min").asString("")));
    }
    boolean log =
        space.path("distribution").asString("").startsWith("log") && low.getAsDouble() > 0;
    boolean integer = parameter.path("parameterType").asString("").equals("int");
    return new Domain.Range(low.getAsDouble(), high.getAsDouble(), log, integer, Optional.empty());
  }

  private static Map<String, String> values(JsonNode trial) {
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonNode one : trial.path("spec").path("parameterAssignments")) {
      values.put(one.path("name").asString(""), one.path("value").asString(""));
    }
    return values;
  }

  private static Point point(JsonNode trial) {
    return new Point(values(trial));
  }

  private static Optional<JsonNode> condition(JsonNode trial, String type) {
    for (JsonNode condition : trial.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)
          && condition.path("status").asString("").equals("True")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private Result result(JsonNode trial) {
    Map<String, String> seen = new LinkedHashMap<>();
    String strategy = strategy();
    String counts = "";
    for (JsonNode metric : trial.path("status").path("observation").path("metrics")) {
      String name = metric.path("name").asString("");
      seen.put(name, metric.path("latest").asString(""));
      counts = name.equals(objective.metric()) ? metric.path(strategy).asString("") : counts;
    }
    OptionalDouble value = Measures.number(counts);
    TrialState state = state(trial, value);
    boolean counted = state == TrialState.SUCCEEDED;
    return new Result(
        state,
        counted ? value : OptionalDouble.empty(),
        seen,
        Curve.NONE,
        cause(trial, state, counts),
        seconds(trial));
  }

  /** Which of a metric's numbers counts; Katib takes the best one when nothing is said. */
  private String strategy() {
    for (JsonNode one : experiment.path("spec").path("objective").path("metricStrategies")) {
      if (one.path("name").asString("").equals(objective.metric())) {
        return one.path("value").asString("latest");
      }
    }
    return objective.maximize() ? "max" : "min";
  }

  private static TrialState state(JsonNode trial, OptionalDouble value) {
    if (condition(trial, "Failed").isPresent() || condition(trial, "Killed").isPresent()) {
      return TrialState.FAILED;
    }
    if (condition(trial, "EarlyStopped").isPresent()) {
      return TrialState.STOPPED;
    }
    if (condition(trial, "MetricsUnavailable").isPresent()) {
      return TrialState.NO_METRIC;
    }
    if (condition(trial, "Succeeded").isEmpty()) {
      return TrialState.OPEN;
    }
    if (value.isEmpty()) {
      return TrialState.NO_METRIC;
    }
    return Double.isFinite(value.getAsDouble()) ? TrialState.SUCCEEDED : TrialState.DIVERGED;
  }

  private List<String> cause(JsonNode trial, TrialState state, String counts) {
    List<String> cause = new ArrayList<>();
    switch (state) {
      case SUCCEEDED, OPEN -> {}
      case DIVERGED -> cause.add("diverged: " + objective.metric() + "=" + counts);
      case STOPPED -> cause.add(message(trial, "EarlyStopped"));
      case FAILED -> cause.add(message(trial, "Failed") + message(trial, "Killed"));
      case NO_METRIC -> {
        cause.add("Katib's collector has no number for " + objective.metric());
        cause.addAll(log(trial));
      }
    }
    return cause;
  }

  private static String message(JsonNode trial, String type) {
    return condition(trial, type)
        .map(found -> type + ": " + found.path("message").asString(""))
        .orElse("");
  }

  /** What the trial's own log says to it, while its job is there. */
  private List<String> log(JsonNode trial) {
    JsonNode metadata = trial.path("metadata");
    String name = metadata.path("name").asString("");
    Optional<ObjectNode> job =
        api.find(Resources.TFJOBS, metadata.path("namespace").asString(""), name);
    if (job.isEmpty()) {
      return List.of("its job is gone; trialTemplate.retain: true would have kept it with its log");
    }
    Job there = new Job(job.get());
    Result read =
        Judgement.of(
            there, new LogSource(api).read(there, objective.metric()), objective, List.of());
    return read.value().isPresent()
        ? List.of(
            "the log of "
                + LogSource.leader(there)
                + " has "
                + objective.metric()
                + "="
                + read.seen().get(objective.metric())
                + "; see what the container metrics-logger-and-collector of its pod says")
        : read.cause();
  }

  private static double seconds(JsonNode trial) {
    Optional<Instant> start = time(trial.path("status").path("startTime"));
    Optional<Instant> end = time(trial.path("status").path("completionTime"));
    return start.isPresent() && end.isPresent()
        ? Duration.between(start.get(), end.get()).toMillis() / 1000.0
        : 0;
  }
}
