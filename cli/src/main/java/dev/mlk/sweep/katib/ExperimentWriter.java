package dev.mlk.sweep.katib;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.trial.LogSource;
import dev.mlk.sweep.trial.Measures;
import dev.mlk.sweep.trial.TrialJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a sweep as Katib's Experiment with the same meaning. Fields as in Katib 0.19
 * (pkg/apis/controller/experiments/v1beta1/experiment_types.go, common/v1beta1/common_types.go),
 * settings of algorithms as its suggestion services read them.
 */
public final class ExperimentWriter {
  private static final String CONTAINER = "tensorflow";

  /** What Katib takes when nothing is said. */
  private static final int USUAL_PARALLEL = 3;

  private static final String TRIAL_NAME = "trialName";
  private final String name;
  private final SweepSpec spec;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** A writer for one sweep. */
  public ExperimentWriter(String name, SweepSpec spec) {
    this.name = name;
    this.spec = spec;
  }

  /**
   * What Katib has no words for, one sentence each; then the experiment would mean another thing.
   */
  public List<String> problems() {
    return problems;
  }

  /** What is different and does not change what is tried. */
  public List<String> notes() {
    return notes;
  }

  /** The experiment; look at {@link #problems} then. */
  public ObjectNode write() {
    ObjectNode experiment = Json.object();
    experiment.put("apiVersion", "kubeflow.org/v1beta1").put("kind", "Experiment");
    experiment.putObject("metadata").put("name", name);
    ObjectNode all = experiment.putObject("spec");
    objective(all.putObject("objective"));
    algorithm(all.putObject("algorithm"));
    early(all);
    limits(all);
    // Our program's lines have the form that Katib looks for when it is told no other: name=number.
    all.putObject("metricsCollectorSpec").putObject("collector").put("kind", "StdOut");
    ArrayNode parameters = all.putArray("parameters");
    spec.space().parameters().forEach(parameter -> parameter(parameters.addObject(), parameter));
    if (!spec.space().constraints().isEmpty()) {
      problems.add(
          "Katib has no conditions between parameters, such as --where "
              + spec.space().constraints().getFirst().text());
    }
    template(all.putObject("trialTemplate"));
    return experiment;
  }

  private void objective(ObjectNode objective) {
    String metric = spec.objective().metric();
    objective.put("type", spec.objective().goal()).put("objectiveMetricName", metric);
    // Katib would take the best of all; here the last number counts.
    objective.putArray("metricStrategies").addObject().put("name", metric).put("value", "latest");
  }

  private void algorithm(ObjectNode algorithm) {
    Search.Kind kind = spec.search().kind();
    algorithm.put("algorithmName", kind.word());
    if (kind != Search.Kind.GRID) {
      setting(algorithm, "random_state", Long.toString(Math.max(0, spec.search().seed())));
    }
  }

  private static void setting(ObjectNode of, String name, String value) {
    of.withArrayProperty("algorithmSettings").addObject().put("name", name).put("value", value);
  }

  private void early(ObjectNode all) {
    String rule = spec.limits().stopEarly();
    if (rule.equals("median")) {
      ObjectNode early = all.putObject("earlyStopping").put("algorithmName", "medianstop");
      setting(early, "min_trials_required", "3");
    } else if (!rule.equals("none")) {
      problems.add("Katib's early stopping knows the median rule only, not --stop-early " + rule);
    }
  }

  private void limits(ObjectNode all) {
    int trials = spec.search().trials();
    int parallel = spec.limits().parallel();
    if (parallel == 0) {
      parallel = USUAL_PARALLEL;
      notes.add(
          "Katib runs a fixed number of trials at once: parallelTrialCount is "
              + Math.min(parallel, trials)
              + "; --parallel N sets another.");
    }
    all.put("parallelTrialCount", Math.min(parallel, trials));
    all.put("maxTrialCount", trials);
    // A failed trial does not end a sweep.
    all.put("maxFailedTrialCount", trials);
    if (spec.limits().retries() > 0) {
      notes.add("Katib does not try failed trials again: --retries has no counterpart.");
    }
  }

  private void parameter(ObjectNode node, Parameter parameter) {
    Domain domain = parameter.domain();
    node.put("name", parameter.name());
    boolean values =
        domain.discrete()
            || spec.search().kind() == Search.Kind.GRID
            || domain instanceof Domain.Choice;
    if (values || !(domain instanceof Domain.Range range)) {
      List<String> grid = domain.grid();
      boolean numeric = grid.stream().allMatch(value -> Measures.number(value).isPresent());
      node.put("parameterType", numeric ? "discrete" : "categorical");
      ArrayNode list = node.putObject("feasibleSpace").putArray("list");
      grid.forEach(list::add);
      return;
    }
    node.put("parameterType", range.integer() ? "int" : "double");
    node.putObject("feasibleSpace")
        .put("min", number(range.low(), range.integer()))
        .put("max", number(range.high(), range.integer()))
        .put("distribution", range.log() ? "logUniform" : "uniform");
  }

  private static String number(double value, boolean integer) {
    return integer ? Long.toString(Math.round(value)) : Double.toString(value);
  }

  private void template(ObjectNode template) {
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, String> samples = new LinkedHashMap<>();
    ArrayNode parameters = Json.array();
    for (Parameter parameter : spec.space().parameters()) {
      String name = parameter.name();
      places.put(name, place(name));
      samples.put(name, parameter.domain().grid().getFirst());
      parameters.addObject().put("name", name).put("reference", name);
    }
    ObjectNode job = TrialJob.filled(spec, new Point(places));
    textOnly(job, TrialJob.filled(spec, new Point(samples)), "");
    if (TrialJob.ownFolders(job, place(TRIAL_NAME))) {
      parameters.addObject().put("name", TRIAL_NAME).put("reference", "${trialSpec.Name}");
    }
    TrialJob.keepPods(job);
    ObjectNode metadata = job.withObjectProperty("metadata");
    metadata.remove(List.of("name", "namespace"));
    if (metadata.isEmpty()) {
      job.remove("metadata");
    }
    String leader = LogSource.leader(new Job(job));
    int dash = leader.lastIndexOf('-');
    template.put("primaryContainerName", CONTAINER);
    template
        .putObject("primaryPodLabels")
        .put("training.kubeflow.org/replica-type", leader.substring(0, dash))
        .put("training.kubeflow.org/replica-index", leader.substring(dash + 1));
    template.put("successCondition", condition("Succeeded"));
    template.put("failureCondition", condition("Failed"));
    // Logs and pods stay, so that a number that is missing can be looked for.
    template.put("retain", true);
    template.set("trialParameters", parameters);
    template.set("trialSpec", job);
  }

  private static String place(String parameter) {
    return "${trialParameters." + parameter + "}";
  }

  /** A query in the language of GJSON: a condition of that type which is true. */
  private static String condition(String type) {
    return "status.conditions.#(type==\"" + type + "\")#|#(status==\"True\")#";
  }

  /** Katib replaces text inside text: it cannot put a number where one has to be. */
  private void textOnly(JsonNode placed, JsonNode sample, String path) {
    if (placed.isString() && placed.asString().contains("${trialParameters.")) {
      if (!sample.isString()) {
        problems.add("Katib puts text into a job, and " + path.substring(1) + " is no text");
      }
      return;
    }
    placed
        .properties()
        .forEach(
            entry ->
                textOnly(
                    entry.getValue(), sample.path(entry.getKey()), path + "." + entry.getKey()));
    for (int i = 0; placed.isArray() && i < placed.size(); i++) {
      textOnly(placed.path(i), sample.path(i), path + "[" + i + "]");
    }
  }
}
