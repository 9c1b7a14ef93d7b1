package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobLabels;
import dev.mlk.tfjob.api.ReplicaType;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A job's pods and services, sorted by replica. */
final class Seen {
  private final Job job;
  private final List<PodView> pods;
  private final List<Service> services;

  Seen(Job job, Observation observation) {
    this.job = job;
    this.pods = observation.pods().stream().map(PodView::of).toList();
    this.services = observation.services();
  }

  List<PodView> pods() {
    return pods;
  }

  List<Service> services() {
    return services;
  }

  /** Pods of a group, without those beyond its number of replicas: they are on their way out. */
  List<PodView> of(ReplicaGroup group) {
    return pods.stream()
        .filter(p -> p.type().equals(group.label()))
        .filter(p -> p.index() >= 0 && p.index() < group.replicas())
        .toList();
  }

  Optional<PodView> pod(ReplicaGroup group, int index) {
    return of(group).stream().filter(p -> p.index() == index).findFirst();
  }

  Optional<Service> service(String name) {
    return services.stream().filter(s -> s.getMetadata().getName().equals(name)).findFirst();
  }

  /** Whether a replica of this type and number is wanted. */
  boolean wanted(String type, int index) {
    return job.labelled(type).filter(g -> index >= 0 && index < g.replicas()).isPresent();
  }

  boolean wanted(Service service) {
    Map<String, String> labels = PodView.labels(service.getMetadata().getLabels());
    return wanted(
        labels.getOrDefault(JobLabels.REPLICA_TYPE, ""),
        PodView.number(labels.getOrDefault(JobLabels.REPLICA_INDEX, "")));
  }

  /** Pods that run. One that is being deleted does not count: it is as good as gone. */
  int active(ReplicaGroup group) {
    return count(group, p -> p.running() && !p.terminating());
  }

  int succeeded(ReplicaGroup group) {
    return count(group, PodView::succeeded);
  }

  int failed(ReplicaGroup group) {
    return failedPods(group).size();
  }

  /**
   * Pods that failed by themselves. One that was deleted while it ran ends as failed too, but
   * nobody's training failed: it is replaced when it is gone.
   */
  List<PodView> failedPods(ReplicaGroup group) {
    return of(group).stream().filter(p -> p.failed() && !p.terminating()).toList();
  }

  private int count(ReplicaGroup group, Predicate<PodView> what) {
    return (int) of(group).stream().filter(what).count();
  }

  /** Whether worker 0 has ended with exit code 0. */
  boolean worker0Done() {
    return job.group(ReplicaType.WORKER)
        .flatMap(workers -> pod(workers, 0))
        .filter(p -> p.succeeded() && p.exitCode().equals(OptionalInt.of(0)))
        .isPresent();
  }

  /** Deletes everything that matches and is not already on its way out. */
  List<Action> delete(Predicate<PodView> whichPods, Predicate<Service> whichServices) {
    List<Action> actions = new ArrayList<>();
    for (PodView pod : pods) {
      if (!pod.terminating() && whichPods.test(pod)) {
        actions.add(new Action.DeletePod(pod.pod()));
      }
    }
    for (Service service : services) {
      if (service.getMetadata().getDeletionTimestamp() == null && whichServices.test(service)) {
        actions.add(new Action.DeleteService(service));
      }
    }
    return actions;
  }
}
