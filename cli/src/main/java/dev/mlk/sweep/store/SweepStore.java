package dev.mlk.sweep.store;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Resources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sweeps in a namespace. Each is one ConfigMap: an entry for the specification and one for each
 * trial, so that a change sends only the trials that changed. Whoever writes names the version that
 * was read; a trial that has ended is never written over by another client's older view.
 */
public final class SweepStore {
  /** The label of everything that belongs to a sweep, with its name. */
  public static final String LABEL = "mlk.dev/sweep";

  private static final String PREFIX = "sweep-";
  private static final String TRIAL = "trial-";
  private static final String STOPPED = "stopped";
  private static final int LARGEST = 900_000;
  private static final int TRIAL_SIZE = 1200;
  private static final int TRIES = 20;
  private final ApiClient api;
  private final String namespace;

  /** The sweeps of a namespace. */
  public SweepStore(ApiClient api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** How many trials fit into one sweep of that specification. */
  public static int room(SweepSpec spec) {
    int size = JsonText.bytes(SpecText.write(spec)).length;
    return Math.max(0, (LARGEST - size) / TRIAL_SIZE);
  }

  /** The sweep of that name, if there is one. */
  public Optional<Sweep> find(String name) {
    return api.find(Resources.CONFIG_MAPS, namespace, PREFIX + name).map(SweepStore::read);
  }

  /**
   * The sweep of that name.
   *
   * @throws Problem.NotFound when there is none
   */
  public Sweep get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new Problem.NotFound(
                    Explanation.of("there is no sweep " + name + " in namespace " + namespace)
                        .next("mlk sweep list")));
  }

  /** All sweeps, by name. */
  public List<Sweep> list() {
    List<Sweep> sweeps = new ArrayList<>();
    api.list(Resources.CONFIG_MAPS, namespace, Map.of("labelSelector", LABEL))
        .path("items")
        .forEach(item -> sweeps.add(read(item)));
    return sweeps;
  }

  /** Creates it, or returns the one of that name that is there already. */
  public Sweep create(String name, SweepSpec spec, List<Trial> trials) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    ObjectNode metadata = map.putObject("metadata");
    metadata.put("name", PREFIX + name).put("namespace", namespace);
    metadata.putObject("labels").put(LABEL, name).put("app.kubernetes.io/managed-by", "mlk");
    ObjectNode data = map.putObject("data");
    data.put("spec", Json.writeLine(SpecText.write(spec)));
    trials.forEach(trial -> data.put(key(trial), Json.writeLine(TrialText.write(trial))));
    try {
      return read(api.create(Resources.CONFIG_MAPS, namespace, map));
    } catch (ApiException e) {
      if (e.reason().equals("AlreadyExists")) {
        return get(name);
      }
      throw e;
    }
  }

  /** Writes changed trials; those that another client has brought further stay as they are. */
  public Sweep save(Sweep sweep, List<Trial> changed) {
    Sweep seen = sweep;
    List<Trial> left = changed;
    for (int i = 0; i < TRIES; i++) {
      if (left.isEmpty()) {
        return seen;
      }
      ObjectNode data = Json.object();
      left.forEach(trial -> data.put(key(trial), Json.writeLine(TrialText.write(trial))));
      Optional<Sweep> written = patch(seen, data);
      if (written.isPresent()) {
        return written.get();
      }
      Sweep now = get(sweep.name());
      left = left.stream().filter(trial -> ahead(trial, now)).toList();
      seen = now;
    }
    throw contended(sweep.name());
  }

  /** What makes an object go with its sweep. */
  public static ObjectNode owner(Sweep sweep) {
    return Json.object()
        .put("apiVersion", "v1")
        .put("kind", "ConfigMap")
        .put("name", PREFIX + sweep.name())
        .put("uid", sweep.uid());
  }

  /** Whether a trial knows more than what is written down. */
  private static boolean ahead(Trial trial, Sweep now) {
    if (trial.number() > now.trials().size()) {
      return true;
    }
    Trial there = now.trials().get(trial.number() - 1);
    if (there.attempt() != trial.attempt()) {
      return there.attempt() < trial.attempt() && !there.state().finished();
    }
    return !there.state().ended();
  }

  /** Writes whether it is stopped, and a changed objective or limits. */
  public Sweep configure(Sweep sweep, SweepSpec spec, boolean stopped) {
    Sweep seen = sweep;
    for (int i = 0; i < TRIES; i++) {
      ObjectNode data = Json.object();
      data.put("spec", Json.writeLine(SpecText.write(spec)));
      data.put(STOPPED, Boolean.toString(stopped));
      Optional<Sweep> written = patch(seen, data);
      if (written.isPresent()) {
        return written.get();
      }
      seen = get(sweep.name());
    }
    throw contended(sweep.name());
  }

  /** Deletes it; its jobs go with it, as they belong to it. */
  public void delete(String name) {
    api.deleteIfThere(Resources.CONFIG_MAPS, namespace, PREFIX + name);
  }

  private Optional<Sweep> patch(Sweep seen, ObjectNode data) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("resourceVersion", seen.version());
    patch.set("data", data);
    try {
      return Optional.of(
          read(
              api.patch(
                  Resources.CONFIG_MAPS.path(namespace, PREFIX + seen.name()),
                  ApiClient.PatchType.MERGE,
                  patch)));
    } catch (ApiException e) {
      if (e.conflict()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Problem contended(String name) {
    return new Problem.Conflict(
        Explanation.of("others write to sweep " + name + " all the time")
            .next("mlk sweep resume " + name));
  }

  private static String key(Trial trial) {
    String number = Integer.toString(trial.number());
    return TRIAL + "0".repeat(Math.max(0, 5 - number.length())) + number;
  }

  private static Sweep read(JsonNode map) {
    JsonNode metadata = map.path("metadata");
    JsonNode data = map.path("data");
    Map<Integer, Trial> trials = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : data.properties()) {
      if (entry.getKey().startsWith(TRIAL)) {
        int number = Integer.parseInt(entry.getKey().substring(TRIAL.length()));
        trials.put(number, TrialText.read(number, Json.read(entry.getValue().asString())));
      }
    }
    return new Sweep(
        metadata.path("name").asString("").substring(PREFIX.length()),
        metadata.path("namespace").asString(""),
        metadata.path("uid").asString(""),
        metadata.path("resourceVersion").asString(""),
        Instant.parse(metadata.path("creationTimestamp").asString("1970-01-01T00:00:00Z")),
        data.path(STOPPED).asString("").equals("true"),
        SpecText.read(Json.read(data.path("spec").asString("{}"))),
        List.copyOf(trials.values()));
  }
}
