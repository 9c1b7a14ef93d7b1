package dev.mlk.sweep.labelled;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.sweep.space.Domain;
import dev.mlk.sweep.space.Parameter;
import dev.mlk.sweep.space.Point;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.trial.Measures;
import dev.mlk.sweep.trial.TrialJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What differs between jobs that somebody made: the annotation {@code mlk.dev/parameters} where the
 * jobs have it, else their labels {@code mlk.dev/NAME}, else the arguments and variables of their
 * leading replica that are not the same in all of them.
 *
 * @param points the parameters of each job, in the order of the jobs
 * @param parameters each with the values that were seen
 */
record Settings(List<Point> points, List<Parameter> parameters) {
  private static final String PREFIX = "mlk.dev/";
  private static final String NONE = "-";

  Settings {
    points = List.copyOf(points);
    parameters = List.copyOf(parameters);
  }

  static Settings of(List<Job> jobs) {
    List<Map<String, String>> all = jobs.stream().map(Settings::annotated).toList();
    if (all.stream().anyMatch(Map::isEmpty)) {
      all = jobs.stream().map(Settings::labels).toList();
    }
    if (all.stream().allMatch(Map::isEmpty)) {
      all = differing(jobs.stream().map(Settings::words).toList());
    }
    Set<String> names = new LinkedHashSet<>();
    all.forEach(one -> names.addAll(one.keySet()));
    List<Point> points = new ArrayList<>();
    for (Map<String, String> one : all) {
      Map<String, String> whole = new LinkedHashMap<>();
      names.forEach(name -> whole.put(name, one.getOrDefault(name, NONE)));
      points.add(new Point(whole));
    }
    List<Parameter> parameters =
        names.stream().map(name -> new Parameter(name, List.of(), domain(name, points))).toList();
    return new Settings(points, parameters);
  }

  private static Domain domain(String name, List<Point> points) {
    Set<String> values =
        new TreeSet<>(
            Comparator.comparingDouble((String v) -> Measures.number(v).orElse(Double.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder()));
    points.forEach(point -> values.add(point.values().get(name)));
    return new Domain.Choice(List.copyOf(values));
  }

  private static Map<String, String> annotated(Job job) {
    Map<String, String> values = new LinkedHashMap<>();
    String text =
        job.object().path("metadata").path("annotations").path(TrialJob.PARAMETERS).asString("");
    if (text.startsWith("{")) {
      Json.read(text)
          .properties()
          .forEach(entry -> values.put(entry.getKey(), entry.getValue().asString("")));
    }
    return values;
  }

  private static Map<String, String> labels(Job job) {
    Map<String, String> values = new LinkedHashMap<>();
    job.object()
        .path("metadata")
        .path("labels")
        .properties()
        .forEach(
            label -> {
              String name = label.getKey();
              if (name.startsWith(PREFIX) && !name.equals(SweepStore.LABEL)) {
                values.put(name.substring(PREFIX.length()), label.getValue().asString(""));
              }
            });
    return values;
  }

  /**
   * Arguments {@code --name=value} and {@code --name value}, and variables, of the leading replica.
   */
  private static Map<String, String> words(Job job) {
    Map<String, String> values = new LinkedHashMap<>();
    if (job.wanted().isEmpty()) {
      return values;
    }
    JsonNode container =
        trainer(job.wanted().getFirst().spec().path("template").path("spec").path("containers"));
    List<String> words = new ArrayList<>();
    container.path("command").forEach(word -> words.add(word.asString("")));
    container.path("args").forEach(word -> words.add(word.asString("")));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String flag = equals < 0 ? word : word.substring(0, equals);
      if (!flag.startsWith("--") || TrialJob.isFolder(flag)) {
        continue;
      }
      boolean next = equals < 0 && i + 1 < words.size() && !words.get(i + 1).startsWith("--");
      String value = equals >= 0 ? word.substring(equals + 1) : next ? words.get(++i) : "true";
      values.put(flag.substring(2), value);
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("value").isString()) {
        values.put(variable.path("name").asString(""), variable.path("value").asString());
      }
    }
    return values;
  }

  private static JsonNode trainer(JsonNode containers) {
    for (JsonNode container : containers) {
      if (container.path("name").asString("").equals("tensorflow")) {
        return container;
      }
    }
    return containers.path(0);
  }

  private static List<Map<String, String>> differing(List<Map<String, String>> all) {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(one -> names.addAll(one.keySet()));
    names.removeIf(
        name -> all.stream().map(one -> one.getOrDefault(name, NONE)).distinct().count() < 2);
    List<Map<String, String>> kept = new ArrayList<>();
    for (Map<String, String> one : all) {
      Map<String, String> values = new LinkedHashMap<>(one);
      values.keySet().retainAll(names);
      kept.add(values);
    }
    return kept;
  }
}
