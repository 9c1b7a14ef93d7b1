package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What has happened to a TFJob so far. Times are RFC 3339 with whole seconds; every component may
 * be null.
 *
 * @param conditions one entry per type, the newest change last
 * @param replicaStatuses counted pods by replica type in its canonical spelling
 * @param startTime when the job was first reconciled, or last resumed
 * @param completionTime when it succeeded or failed
 * @param lastReconcileTime kept for other operators; not written by this one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TfJobStatus(
    List<JobCondition> conditions,
    Map<String, ReplicaStatus> replicaStatuses,
    String startTime,
    String completionTime,
    String lastReconcileTime) {
  /** Copies list and map. */
  public TfJobStatus {
    conditions = conditions == null ? null : List.copyOf(conditions);
    replicaStatuses =
        replicaStatuses == null
            ? null
            : Collections.unmodifiableMap(new TreeMap<>(replicaStatuses));
  }

  /** A status that says nothing yet. */
  public static TfJobStatus empty() {
    return new TfJobStatus(null, null, null, null, null);
  }

  /** The condition of a type, whatever its status. */
  public Optional<JobCondition> condition(ConditionType type) {
    if (conditions == null) {
      return Optional.empty();
    }
    return conditions.stream().filter(c -> type.word().equals(c.type())).findFirst();
  }

  /** Whether the condition of a type is there and True. */
  public boolean is(ConditionType type) {
    return condition(type).filter(JobCondition::holds).isPresent();
  }

  /** Whether the job has ended: Succeeded or Failed. */
  public boolean finished() {
    return is(ConditionType.SUCCEEDED) || is(ConditionType.FAILED);
  }
}
