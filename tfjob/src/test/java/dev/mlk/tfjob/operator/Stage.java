package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.JobCondition;
import dev.mlk.tfjob.api.ReplicaStatus;
import dev.mlk.tfjob.api.TfJob;
import dev.mlk.tfjob.api.TfJobStatus;
import dev.mlk.tfjob.testing.Eventually;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A namespace in which a test submits jobs and plays the kubelet: it writes the states of pods. The
 * pods ask for a scheduler that does not exist, so that no real node takes them.
 */
final class Stage {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient client;
  private final String namespace;

  Stage(KubernetesClient client) {
    this.client = client;
    this.namespace =
        client
            .namespaces()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withGenerateName("tfjob-")
                    .endMetadata()
                    .build())
            .create()
            .getMetadata()
            .getName();
  }

  String namespace() {
    return namespace;
  }

  /** Sends a manifest as it stands, so that nothing is lost on the way. */
  void submit(String yaml) {
    client.resource(yaml).inNamespace(namespace).create();
  }

  TfJob job(String name) {
    return client.resources(TfJob.class).inNamespace(namespace).withName(name).get();
  }

  TfJobStatus status(String name) {
    TfJob job = job(name);
    return job == null || job.getStatus() == null ? TfJobStatus.empty() : job.getStatus();
  }

  /** Applies a JSON merge patch to a job. */
  void patch(String name, String json) {
    client
        .resources(TfJob.class)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  List<String> pods() {
    return names(client.pods().inNamespace(namespace).list().getItems());
  }

  List<String> services() {
    return names(client.services().inNamespace(namespace).list().getItems());
  }

  private static List<String> names(List<? extends HasMetadata> items) {
    return items.stream().map(item -> item.getMetadata().getName()).sorted().toList();
  }

  Pod pod(String name) {
    return client.pods().inNamespace(namespace).withName(name).get();
  }

  Service service(String name) {
    return client.services().inNamespace(namespace).withName(name).get();
  }

  String uid(String pod) {
    return pod(pod).getMetadata().getUid();
  }

  /** Whether there is a pod of this name that is not the one with this uid. */
  boolean another(String name, String uid) {
    Pod pod = pod(name);
    return pod != null && !pod.getMetadata().getUid().equals(uid);
  }

  /** Makes a pod that belongs to nobody. */
  void stranger(String name) {
    client
        .pods()
        .inNamespace(namespace)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withSchedulerName("nobody")
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  List<Event> events(String reason) {
    return client.v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> reason.equals(event.getReason()))
        .toList();
  }

  /** Waits for exactly these pods. */
  void awaitPods(String... names) {
    List<String> wanted = List.of(names);
    await("the pods are " + wanted, () -> pods().equals(wanted));
  }

  /** Waits for exactly these services. */
  void awaitServices(String... names) {
    List<String> wanted = List.of(names);
    await("the services are " + wanted, () -> services().equals(wanted));
  }

  void awaitCondition(String job, ConditionType type) {
    await(job + " is " + type.word(), () -> status(job).is(type));
  }

  /** Waits for these conditions, each as {@code Type} or {@code Type False}, in this order. */
  void awaitConditions(String job, String... conditions) {
    List<String> wanted = List.of(conditions);
    await("the conditions of " + job + " are " + wanted, () -> conditions(job).equals(wanted));
  }

  List<String> conditions(String job) {
    List<JobCondition> conditions = status(job).conditions();
    return conditions == null
        ? List.of()
        : conditions.stream().map(c -> c.type() + (c.holds() ? "" : " " + c.status())).toList();
  }

  /** Counted pods as {@code active/succeeded/failed}. */
  String counts(String job, String type) {
    Map<String, ReplicaStatus> all = status(job).replicaStatuses();
    ReplicaStatus c = all == null ? null : all.get(type);
    return c == null ? "none" : c.activeCount() + "/" + c.succeededCount() + "/" + c.failedCount();
  }

  void await(String what, BooleanSupplier condition) {
    Eventually.within(PATIENCE, what, condition);
  }

  void run(String... pods) {
    for (String pod : pods) {
      write(pod, "Running", -1);
    }
  }

  /** Ends a pod: phase Succeeded for exit code 0, else Failed. */
  void end(String pod, int exitCode) {
    write(pod, exitCode == 0 ? "Succeeded" : "Failed", exitCode);
  }

  /** Turns a pod Failed as a lost node does: nobody knows the exit code. */
  void lose(String pod) {
    write(pod, "Failed", -1);
  }

  private void write(String name, String phase, int exitCode) {
    await("pod " + name + " is there", () -> pod(name) != null);
    ContainerStatusBuilder container =
        new ContainerStatusBuilder()
            .withName("tensorflow")
            .withImage("img")
            .withImageID("")
            .withReady(phase.equals("Running"))
            .withRestartCount(0);
    if (phase.equals("Running")) {
      container.withNewState().withNewRunning().endRunning().endState();
    }
    if (exitCode >= 0) {
      container
          .withNewState()
          .withNewTerminated()
          .withExitCode(exitCode)
          .endTerminated()
          .endState();
    }
    PodBuilder changed = new PodBuilder(pod(name));
    changed.editMetadata().withResourceVersion(null).endMetadata();
    changed.withNewStatus().withPhase(phase).endStatus();
    if (exitCode >= 0 || phase.equals("Running")) {
      changed.editStatus().withContainerStatuses(container.build()).endStatus();
    }
    client.pods().inNamespace(namespace).resource(changed.build()).updateStatus();
  }

  /** Puts a pod on a node that does not answer: deleted, it lingers until {@link #vanish}. */
  void bind(String pod) {
    await("pod " + pod + " is there", () -> pod(pod) != null);
    client.raw(
        "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/binding",
        "POST",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Binding",
            "metadata",
            Map.of("name", pod),
            "target",
            Map.of("kind", "Node", "name", "nowhere")));
  }

  void delete(String pod) {
    client.pods().inNamespace(namespace).withName(pod).delete();
  }

  /** Ends the lingering of a deleted pod. */
  void vanish(String pod) {
    client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
  }

  void deleteService(String name) {
    client.services().inNamespace(namespace).withName(name).delete();
  }
}
