package dev.mlk.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A view on a TFJob as the API server sent it.
 *
 * @param object the whole object
 */
public record Job(JsonNode object) {
  /** Label on pods and services that names their job. */
  public static final String JOB_LABEL = "training.kubeflow.org/job-name";

  /** Replica types in the order in which people list them. */
  static final List<String> TYPES = List.of("Chief", "Master", "Worker", "PS", "Evaluator");

  /** The states a job can be in, as its last true condition tells. */
  public enum State {
    PENDING("Pending"),
    CREATED("Created"),
    RUNNING("Running"),
    RESTARTING("Restarting"),
    SUSPENDED("Suspended"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** The state in the operator's own word. */
    public String text() {
      return text;
    }
  }

  public String name() {
    return object.path("metadata").path("name").asString("");
  }

  public String namespace() {
    return object.path("metadata").path("namespace").asString("");
  }

  public String uid() {
    return object.path("metadata").path("uid").asString("");
  }

  public Optional<Instant> created() {
    return time(object.path("metadata").path("creationTimestamp"));
  }

  public Optional<Instant> completed() {
    return time(object.path("status").path("completionTime"));
  }

  public Optional<Instant> started() {
    return time(object.path("status").path("startTime"));
  }

  /** The state: an end wins over everything, else the newest condition that is true. */
  public State state() {
    JsonNode conditions = object.path("status").path("conditions");
    for (State end : List.of(State.FAILED, State.SUCCEEDED)) {
      if (condition(end.text).isPresent()) {
        return end;
      }
    }
    State state = State.PENDING;
    for (JsonNode condition : conditions) {
      if (condition.path("status").asString("").equals("True")) {
        for (State candidate : State.values()) {
          state = candidate.text.equals(condition.path("type").asString("")) ? candidate : state;
        }
      }
    }
    return state;
  }

  /** The condition of that type when it is true. */
  public Optional<JsonNode> condition(String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)
          && condition.path("status").asString("").equals("True")) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  /** Whether it has ended, well or badly. */
  public boolean ended() {
    State state = state();
    return state == State.SUCCEEDED || state == State.FAILED;
  }

  /** Whether its specification asks for no pods for now. */
  public boolean suspendAsked() {
    return object.path("spec").path("runPolicy").path("suspend").asBoolean(false);
  }

  /** The job's replica types with their wanted number, in the usual order. */
  public List<Wanted> wanted() {
    List<Wanted> all = new ArrayList<>();
    object
        .path("spec")
        .path("tfReplicaSpecs")
        .properties()
        .forEach(
            entry -> {
              int number = entry.getValue().path("replicas").asInt(1);
              all.add(new Wanted(canonical(entry.getKey()), number, entry.getValue()));
            });
    all.sort((a, b) -> Integer.compare(order(a.type), order(b.type)));
    return all;
  }

  /** The sum of replicas over all types. */
  public int replicas() {
    int sum = 0;
    for (Wanted wanted : wanted()) {
      sum += wanted.number;
    }
    return sum;
  }

  /**
   * How many replicas the operator counts as {@code active}, {@code succeeded} or {@code failed}.
   */
  public int counted(String what) {
    int sum = 0;
    for (JsonNode type : object.path("status").path("replicaStatuses")) {
      sum += type.path(what).asInt(0);
    }
    return sum;
  }

  /**
   * One replica type of the job.
   *
   * @param type its canonical name
   * @param number wanted replicas
   * @param spec the replica specification
   */
  public record Wanted(String type, int number, JsonNode spec) {}

  static int order(String type) {
    for (int i = 0; i < TYPES.size(); i++) {
      if (TYPES.get(i).equalsIgnoreCase(type)) {
        return i;
      }
    }
    return TYPES.size();
  }

  private static String canonical(String type) {
    int order = order(type);
    return order < TYPES.size() ? TYPES.get(order) : type.toLowerCase(Locale.ROOT);
  }

  static Optional<Instant> time(JsonNode node) {
    return node.isString() ? Optional.of(Instant.parse(node.asString())) : Optional.empty();
  }
}
