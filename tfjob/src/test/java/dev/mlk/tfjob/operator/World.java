package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.JobCondition;
import dev.mlk.tfjob.api.ReplicaStatus;
import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster of one job in memory: plans are carried out on it as an API server would. A pod that
 * runs lingers when it is deleted, all others go at once.
 *
 * <p>States of pods are written short: {@code P} Pending, {@code R} Running, {@code S} Succeeded
 * with exit code 0, {@code s} Succeeded and nothing known, {@code F1} Failed with exit code 1,
 * {@code F} Failed and nothing known, {@code R+2} Running after two restarts by the kubelet.
 */
final class World {
  private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
  private static final int MANY_PASSES = 25;

  private TfJob job;
  private boolean jobDeleted;
  private final TreeMap<String, Pod> pods = new TreeMap<>();
  private final TreeMap<String, Service> services = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Planner.Settings settings = new Planner.Settings("", CleanPodPolicy.NONE);
  private Optional<Duration> again = Optional.empty();
  private int uids;

  World(String yaml) {
    edit(yaml);
  }

  /** A job {@code j} in namespace {@code ns} of replicas such as {@code Chief 1, Worker 2}. */
  static World of(String replicas, String restartPolicy, String runPolicy, String rest) {
    return new World(yaml(replicas, restartPolicy, runPolicy, rest));
  }

  static String yaml(String replicas, String restartPolicy, String runPolicy, String rest) {
    StringBuilder yaml =
        new StringBuilder("---\nmetadata: {name: j, namespace: ns, uid: u}\nspec:\n  runPolicy: {")
            .append(runPolicy)
            .append("}\n");
    if (!rest.isEmpty()) {
      yaml.append("  ").append(rest).append('\n');
    }
    yaml.append("  tfReplicaSpecs:\n");
    for (String replica : replicas.split(", ", -1)) {
      String[] words = replica.split(" ", -1);
      yaml.append("    ")
          .append(words[0])
          .append(": {replicas: ")
          .append(words[1])
          .append(", restartPolicy: ")
          .append(words.length > 2 ? words[2] : restartPolicy)
          .append(", template: {spec: {containers: [{name: tensorflow, image: i}]}}}\n");
    }
    return yaml.toString();
  }

  World with(Planner.Settings other) {
    settings = other;
    return this;
  }

  /** Replaces the manifest; the status stays. */
  void edit(String yaml) {
    TfJob edited = SERIALIZATION.unmarshal(yaml, TfJob.class);
    if (job != null) {
      edited.setStatus(job.getStatus());
    }
    job = edited;
  }

  TfJob job() {
    return job;
  }

  Plan plan() {
    return Planner.plan(
        Observation.of(job, List.copyOf(pods.values()), List.copyOf(services.values()), now),
        settings);
  }

  /** Carries out one plan. */
  Plan pass() {
    Plan plan = plan();
    plan.status()
        .ifPresent(
            status -> {
              TfJob changed = new TfJob();
              changed.setMetadata(job.getMetadata());
              changed.setSpec(job.getSpec());
              changed.setStatus(status);
              job = changed;
            });
    notes.addAll(plan.notes());
    again = plan.again();
    plan.actions().forEach(this::perform);
    return plan;
  }

  /** Carries out plans until there is nothing left to do. */
  World settle() {
    for (int i = 0; i < MANY_PASSES; i++) {
      Plan plan = pass();
      if (jobDeleted || (plan.status().isEmpty() && plan.actions().isEmpty())) {
        return this;
      }
    }
    throw new AssertionError("no end after " + MANY_PASSES + " passes: " + plan());
  }

  private void perform(Action action) {
    switch (action) {
      case Action.CreatePod(Pod pod) -> {
        Pod created =
            new PodBuilder(pod).editMetadata().withUid("p" + uids++).endMetadata().build();
        if (pods.putIfAbsent(pod.getMetadata().getName(), created) != null) {
          throw new AssertionError(pod.getMetadata().getName() + " already exists");
        }
      }
      case Action.CreateService(Service service) -> {
        if (services.putIfAbsent(service.getMetadata().getName(), service) != null) {
          throw new AssertionError(service.getMetadata().getName() + " already exists");
        }
      }
      case Action.DeletePod(Pod pod) -> delete(shortName(pod.getMetadata().getName()));
      case Action.DeleteService(Service service) ->
          services.remove(service.getMetadata().getName());
      case Action.DeleteJob() -> jobDeleted = true;
    }
  }

  private static String shortName(String name) {
    return name.substring(2);
  }

  /** Somebody deletes a pod. */
  World delete(String name) {
    Pod pod = pods.get("j-" + name);
    if (PodView.of(pod).running()) {
      pods.put(
          "j-" + name,
          new PodBuilder(pod)
              .editMetadata()
              .withDeletionTimestamp(now.toString())
              .endMetadata()
              .build());
    } else {
      pods.remove("j-" + name);
    }
    return this;
  }

  /** A lingering pod is gone. */
  World vanish(String name) {
    pods.remove("j-" + name);
    return this;
  }

  void deleteService(String name) {
    services.remove("j-" + name);
  }

  /** States of pods, such as {@code chief-0=R worker-0=S}. */
  World states(String states) {
    for (String state : states.isBlank() ? new String[0] : states.trim().split(" +", -1)) {
      String[] words = state.split("=", -1);
      Pod pod = pods.get("j-" + words[0]);
      if (pod == null) {
        throw new AssertionError("no pod " + words[0] + " in " + pods.keySet());
      }
      pods.put("j-" + words[0], state(pod, words[1]));
    }
    return this;
  }

  private static Pod state(Pod pod, String state) {
    String[] words = state.split("\\+", -1);
    int restarts = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    String phase =
        switch (words[0].charAt(0)) {
          case 'P' -> "Pending";
          case 'R' -> "Running";
          case 'S', 's' -> "Succeeded";
          case 'F' -> "Failed";
          default -> "Unknown";
        };
    PodBuilder changed = new PodBuilder(pod).withNewStatus().withPhase(phase).endStatus();
    boolean code = words[0].equals("S") || (phase.equals("Failed") && words[0].length() > 1);
    if (!code && restarts == 0) {
      return changed.build();
    }
    ContainerStatusBuilder container =
        new ContainerStatusBuilder().withName("tensorflow").withRestartCount(restarts);
    if (code) {
      int exitCode = words[0].equals("S") ? 0 : Integer.parseInt(words[0].substring(1));
      container
          .withNewState()
          .withNewTerminated()
          .withExitCode(exitCode)
          .endTerminated()
          .endState();
    }
    return changed.editStatus().withContainerStatuses(container.build()).endStatus().build();
  }

  World pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  Optional<Duration> again() {
    return again;
  }

  boolean jobDeleted() {
    return jobDeleted;
  }

  Pod pod(String name) {
    return pods.get("j-" + name);
  }

  Service service(String name) {
    return services.get("j-" + name);
  }

  /** Pods that are there, those that are being deleted with a {@code !}. */
  String pods() {
    return String.join(
        " ",
        pods.values().stream()
            .map(PodView::of)
            .map(p -> shortName(p.name()) + (p.terminating() ? "!" : ""))
            .toList());
  }

  String services() {
    return String.join(" ", services.keySet().stream().map(World::shortName).toList());
  }

  /** Conditions in order; those that are not True with {@code =False}. */
  String conditions() {
    if (job.getStatus() == null || job.getStatus().conditions() == null) {
      return "";
    }
    return String.join(
        " ",
        job.getStatus().conditions().stream()
            .map(c -> c.type() + (c.holds() ? "" : "=" + c.status()))
            .toList());
  }

  Optional<JobCondition> condition(ConditionType type) {
    return job.getStatus().condition(type);
  }

  /** Counted pods of a type as {@code active/succeeded/failed}. */
  String counts(String type) {
    ReplicaStatus c = job.getStatus().replicaStatuses().get(type);
    return c.activeCount() + "/" + c.succeededCount() + "/" + c.failedCount();
  }

  /** Events so far, as {@code W Reason: message} or {@code N Reason: message}. */
  List<String> notes() {
    return notes.stream()
        .map(n -> (n.warning() ? "W " : "N ") + n.reason() + ": " + n.message())
        .distinct()
        .toList();
  }
}
