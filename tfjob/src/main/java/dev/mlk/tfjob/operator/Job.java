package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaSpec;
import dev.mlk.tfjob.api.ReplicaType;
import dev.mlk.tfjob.api.RunPolicy;
import dev.mlk.tfjob.api.TfJob;
import dev.mlk.tfjob.api.TfJobSpec;
import dev.mlk.tfjob.api.TfJobStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TFJob as the operator reads it: defaults filled in, replica keys in canonical spelling. Nothing
 * of this is written back.
 *
 * @param groups replica types in the order in which their pods are made
 */
record Job(
    String namespace,
    String name,
    String uid,
    List<ReplicaGroup> groups,
    RunPolicy runPolicy,
    boolean allWorkers,
    boolean dynamicWorkers,
    TfJobStatus status) {
  private static final RunPolicy NO_POLICY =
      new RunPolicy(null, null, null, null, null, null, null);

  /** Parameter servers first: everybody else talks to them. */
  private static final List<ReplicaType> CREATION =
      List.of(
          ReplicaType.PS,
          ReplicaType.CHIEF,
          ReplicaType.MASTER,
          ReplicaType.WORKER,
          ReplicaType.EVALUATOR);

  static Job of(TfJob resource) {
    TfJobSpec spec =
        resource.getSpec() == null ? new TfJobSpec(null, null, null, null) : resource.getSpec();
    return new Job(
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        resource.getMetadata().getUid(),
        groups(spec.tfReplicaSpecs() == null ? Map.of() : spec.tfReplicaSpecs()),
        spec.runPolicy() == null ? NO_POLICY : spec.runPolicy(),
        "AllWorkers".equals(spec.successPolicy()),
        Boolean.TRUE.equals(spec.enableDynamicWorker()),
        resource.getStatus() == null ? TfJobStatus.empty() : resource.getStatus());
  }

  /** Another spelling of a type wins over the canonical one, as it always has. */
  private static List<ReplicaGroup> groups(Map<String, ReplicaSpec> specs) {
    Map<String, ReplicaGroup> byKey = new LinkedHashMap<>();
    specs.forEach(
        (key, spec) -> {
          Optional<ReplicaType> type = ReplicaType.of(key);
          String canonical = type.map(ReplicaType::key).orElse(key);
          if (!key.equals(canonical) || !byKey.containsKey(canonical)) {
            byKey.put(canonical, group(canonical, type, spec));
          }
        });
    List<ReplicaGroup> groups = new ArrayList<>(byKey.values());
    groups.sort(Comparator.comparingInt(Job::creationRank).thenComparing(ReplicaGroup::key));
    return List.copyOf(groups);
  }

  private static ReplicaGroup group(String key, Optional<ReplicaType> type, ReplicaSpec spec) {
    if (spec == null) {
      return new ReplicaGroup(key, type, 1, RestartPolicy.NEVER, null);
    }
    return new ReplicaGroup(
        key,
        type,
        spec.replicas() == null ? 1 : spec.replicas(),
        RestartPolicy.of(spec.restartPolicy()),
        spec.template());
  }

  private static int creationRank(ReplicaGroup group) {
    return group.known().map(CREATION::indexOf).orElse(CREATION.size());
  }

  boolean suspended() {
    return Boolean.TRUE.equals(runPolicy.suspend());
  }

  /** Whether another controller is in charge: then the job is not touched at all. */
  static boolean managedElsewhere(TfJob resource) {
    TfJobSpec spec = resource.getSpec();
    return spec != null
        && spec.runPolicy() != null
        && spec.runPolicy().managedBy() != null
        && !spec.runPolicy().managedBy().equals(JobLabels.MANAGED_BY);
  }

  /** Whether the replicas need to find each other: not when one pod of a known type is all. */
  boolean distributed() {
    int total = 0;
    for (ReplicaGroup group : groups) {
      total += group.known().isPresent() ? group.replicas() : 0;
    }
    return total != 1;
  }

  /** The group of a label value. */
  Optional<ReplicaGroup> labelled(String type) {
    return groups.stream().filter(g -> g.label().equals(type)).findFirst();
  }

  /** The group of a known type. */
  Optional<ReplicaGroup> group(ReplicaType type) {
    return groups.stream().filter(g -> g.is(type)).findFirst();
  }

  /** Whether a pod's end is the job's end. */
  boolean isMaster(ReplicaGroup group, int index) {
    if (groups.stream().anyMatch(ReplicaGroup::leads)) {
      return group.leads();
    }
    return group.is(ReplicaType.WORKER) && index == 0;
  }
}
