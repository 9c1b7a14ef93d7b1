package dev.mlk.sweep.labelled;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Space;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.trial.Judgement;
import dev.mlk.sweep.trial.MetricSource;
import dev.mlk.sweep.trial.TrialJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * TFJobs with the label {@code mlk.dev/sweep} that no sweep of mlk has made. Numbers are read from
 * the jobs' logs and event files each time, as nobody writes them down.
 */
public final class LabelledSweeps {
  /** Annotation with the name of the number that counts. */
  private static final String METRIC = "mlk.dev/metric";

  /** Annotation with {@code maximize} or {@code minimize}. */
  private static final String GOAL = "mlk.dev/goal";

  private static final String RELEASE = "meta.helm.sh/release-name";
  private final ApiClient api;
  private final String namespace;
  private final MetricSource source;

  /** The sweeps of a namespace. */
  public LabelledSweeps(ApiClient api, String namespace, MetricSource source) {
    this.api = api;
    this.namespace = namespace;
    this.source = source;
  }

  /**
   * The sweep of that name, if there is one.
   *
   * @param metric the number that counts; empty for what the jobs say
   */
  public Optional<KnownSweep> find(String name, String metric) {
    List<Job> jobs = jobs(SweepStore.LABEL + "=" + name);
    return jobs.isEmpty() ? Optional.empty() : Optional.of(read(name, jobs, metric));
  }

  /** All of them, by name. */
  public List<KnownSweep> list() {
    Map<String, List<Job>> sweeps = new TreeMap<>();
    for (Job job : jobs(SweepStore.LABEL)) {
      String name =
          job.object().path("metadata").path("labels").path(SweepStore.LABEL).asString("");
      sweeps.computeIfAbsent(name, _ -> new ArrayList<>()).add(job);
    }
    return sweeps.entrySet().stream()
        .map(entry -> read(entry.getKey(), entry.getValue(), ""))
        .toList();
  }

  private List<Job> jobs(String selector) {
    List<Job> jobs = new ArrayList<>();
    // A trial that mlk has made may outlive its sweep for a moment.
    api.list(Resources.TFJOBS, namespace, Map.of("labelSelector", selector + ",!" + TrialJob.TRIAL))
        .path("items")
        .forEach(item -> jobs.add(new Job(item)));
    jobs.sort(
        Comparator.comparing((Job job) -> job.created().orElse(Instant.EPOCH))
            .thenComparing(Job::name));
    return jobs;
  }

  private KnownSweep read(String name, List<Job> jobs, String metric) {
    Objective objective = objective(jobs, metric);
    Settings settings = Settings.of(jobs);
    List<Trial> trials = new ArrayList<>();
    Map<String, ObjectNode> objects = new LinkedHashMap<>();
    Map<String, String> states = new LinkedHashMap<>();
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      Result result = job.ended() ? result(job, objective) : Result.NONE;
      trials.add(Trial.met(i + 1, settings.points().get(i), result, job.name()));
      objects.put(job.name(), (ObjectNode) job.object());
      states.put(job.name(), job.state().text());
    }
    SweepSpec spec =
        new SweepSpec(
            Json.object(),
            new Space(settings.parameters(), List.of()),
            objective,
            new SweepSpec.Choice(Search.Kind.OTHER, 0, jobs.size()),
            new SweepSpec.Limits(0, 0, "", "none"));
    Instant begun = jobs.getFirst().created().orElse(Instant.EPOCH);
    Sweep sweep = new Sweep(name, namespace, "", "", begun, false, spec, trials);
    String release = annotation(jobs, RELEASE);
    return new KnownSweep(
        sweep,
        release.isEmpty() ? "labels" : "Helm",
        objects,
        states,
        release.isEmpty()
            ? "kubectl delete tfjobs -l " + SweepStore.LABEL + "=" + name + " -n " + namespace
            : "helm uninstall " + release + " -n " + namespace);
  }

  private static Objective objective(List<Job> jobs, String metric) {
    String named = metric.isEmpty() ? annotation(jobs, METRIC) : metric;
    Objective guessed = Objective.guessed(named.isEmpty() ? "accuracy" : named);
    String goal = metric.isEmpty() ? annotation(jobs, GOAL) : "";
    return goal.isEmpty() ? guessed : new Objective(guessed.metric(), goal.startsWith("max"));
  }

  private static String annotation(List<Job> jobs, String name) {
    for (Job job : jobs) {
      String value = job.object().path("metadata").path("annotations").path(name).asString("");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  private Result result(Job job, Objective objective) {
    Optional<JsonNode> failed = job.condition("Failed");
    List<String> why =
        failed.map(condition -> List.of(condition.path("message").asString(""))).orElse(List.of());
    return Judgement.of(job, source.read(job, objective.metric()), objective, why);
  }
}
