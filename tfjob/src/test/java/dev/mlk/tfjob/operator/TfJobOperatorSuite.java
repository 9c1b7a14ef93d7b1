package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.JobLabels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the operator does, seen from outside. Subclasses say in which cluster, here and elsewhere.
 */
public abstract class TfJobOperatorSuite {
  static final String DISTRIBUTED =
      Manifests.job("mnist", "", Map.of("Chief", 1, "Worker", 2, "PS", 1), "OnFailure");

  Stage stage;
  private TfJobOperator operator;

  /**
   * A client of a cluster that has the TFJob resource and no other operator; closed by its owner.
   */
  protected abstract KubernetesClient client();

  @BeforeEach
  void startOperator() {
    stage = new Stage(client());
    startAgain();
  }

  final void startAgain() {
    operator = TfJobOperator.start(client(), OperatorConfig.defaults(), Clock.systemUTC());
  }

  final void stopOperator() {
    operator.close();
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void aJobGetsItsPodsAndServices() {
    stage.submit(DISTRIBUTED);
    String[] names = {"mnist-chief-0", "mnist-ps-0", "mnist-worker-0", "mnist-worker-1"};
    stage.awaitPods(names);
    stage.awaitServices(names);
    stage.awaitConditions("mnist", "Created");
    assertThat(stage.status("mnist").startTime()).isNotNull();

    Pod chief = stage.pod("mnist-chief-0");
    assertThat(chief.getSpec().getRestartPolicy()).isEqualTo("OnFailure");
    assertThat(chief.getMetadata().getLabels()).containsEntry(JobLabels.JOB_ROLE, "master");
    assertThat(chief.getSpec().getContainers().getFirst().getEnv().getLast().getValue())
        .isEqualTo(
            """
            {"cluster":{"chief":["mnist-chief-0.NS.svc:2222"],"ps":["mnist-ps-0.NS.svc:2222"],\
            "worker":["mnist-worker-0.NS.svc:2222","mnist-worker-1.NS.svc:2222"]},\
            "task":{"type":"chief","index":0},"environment":"cloud"}"""
                .replace("NS", stage.namespace()));
    Service service = stage.service("mnist-worker-1");
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service.getSpec().getSelector())
        .containsEntry(JobLabels.REPLICA_INDEX, "1")
        .doesNotContainKey(JobLabels.JOB_ROLE);
  }

  @Test
  void theChiefsEndIsTheJobsEndAndNothingRunsOn() {
    stage.submit(DISTRIBUTED);
    stage.run("mnist-chief-0", "mnist-ps-0", "mnist-worker-0", "mnist-worker-1");
    stage.awaitConditions("mnist", "Created", "Running");
    stage.end("mnist-worker-0", 0);
    stage.end("mnist-chief-0", 0);
    stage.awaitConditions("mnist", "Created", "Running False", "Succeeded");
    assertThat(stage.status("mnist").completionTime()).isNotNull();
    stage.awaitPods("mnist-chief-0", "mnist-worker-0");
    stage.awaitServices("mnist-chief-0", "mnist-worker-0");
    assertThat(stage.counts("mnist", "PS")).isEqualTo("0/1/0");
  }

  @Test
  void aReplicaThatMayNotBeRestartedFailsTheJob() {
    stage.submit(Manifests.job("once", "", Map.of("Worker", 2), "Never"));
    stage.run("once-worker-0", "once-worker-1");
    stage.end("once-worker-1", 1);
    stage.awaitCondition("once", ConditionType.FAILED);
    assertThat(stage.status("once").condition(ConditionType.FAILED).orElseThrow().message())
        .isEqualTo(
            "TFJob " + stage.namespace() + "/once has failed because 1 Worker replica(s) failed.");
    stage.awaitPods("once-worker-1");
  }

  @Test
  void aPodThatFailedIsReplacedByOneOfTheSameName() {
    stage.submit(Manifests.job("again", "", Map.of("Worker", 2), "ExitCode"));
    stage.run("again-worker-0", "again-worker-1");
    stage.awaitConditions("again", "Created", "Running");
    String uid = stage.uid("again-worker-1");
    stage.end("again-worker-1", 137);
    stage.await("worker 1 is another", () -> stage.another("again-worker-1", uid));
    stage.run("again-worker-1");
    stage.await("both run", () -> stage.counts("again", "Worker").equals("2/0/0"));
    stage.awaitConditions("again", "Created", "Running");
    assertThat(stage.status("again").replicaStatuses().get("Worker").restartCount()).isEqualTo(1);
    stage.await("the restart is told", () -> !stage.events("TFJobRestarting").isEmpty());
    assertThat(stage.events("ExitedWithCode").getFirst().getMessage())
        .isEqualTo("Pod: " + stage.namespace() + ".again-worker-1 exited with code 137");
  }

  @Test
  void aDeletedPodThatRunsIsReplacedWhenItIsGone() {
    stage.submit(Manifests.job("gone", "", Map.of("Worker", 2), "OnFailure"));
    stage.bind("gone-worker-1");
    stage.run("gone-worker-0", "gone-worker-1");
    stage.awaitConditions("gone", "Created", "Running");
    String uid = stage.uid("gone-worker-1");
    stage.delete("gone-worker-1");
    stage.await("one runs", () -> stage.counts("gone", "Worker").equals("1/0/0"));
    stage.end("gone-worker-1", 137);
    stage.vanish("gone-worker-1");
    stage.await("worker 1 is another", () -> stage.another("gone-worker-1", uid));
    assertThat(stage.conditions("gone")).containsExactly("Created", "Running");
  }

  @Test
  void aSuspendedJobHasNoPodsUntilItIsResumed() {
    stage.submit(Manifests.job("pause", "suspend: true", Map.of("Chief", 1, "Worker", 1), "Never"));
    stage.awaitConditions("pause", "Created", "Suspended");
    assertThat(stage.status("pause").startTime()).isNull();
    stage.patch("pause", "{\"spec\":{\"runPolicy\":{\"suspend\":false}}}");
    stage.awaitPods("pause-chief-0", "pause-worker-0");
    stage.run("pause-chief-0", "pause-worker-0");
    stage.awaitConditions("pause", "Created", "Suspended False", "Running");
    stage.patch("pause", "{\"spec\":{\"runPolicy\":{\"suspend\":true}}}");
    stage.awaitPods();
    stage.awaitServices();
    stage.awaitConditions("pause", "Created", "Running False", "Suspended");
    assertThat(stage.counts("pause", "Chief")).isEqualTo("0/0/0");
  }

  @Test
  void aJobFailsAtItsDeadlineThoughNothingHappens() {
    stage.submit(Manifests.job("late", "activeDeadlineSeconds: 1", Map.of("Worker", 1), "Never"));
    stage.awaitConditions("late", "Created", "Failed");
    assertThat(stage.status("late").condition(ConditionType.FAILED).orElseThrow().message())
        .isEqualTo("Job late has failed because it was active longer than specified deadline");
    stage.awaitPods();
  }

  @Test
  void anEndedJobIsDeletedWhenItsTimeIsOver() {
    stage.submit(
        Manifests.job("brief", "ttlSecondsAfterFinished: 1", Map.of("Worker", 1), "Never"));
    stage.run("brief-worker-0");
    stage.end("brief-worker-0", 0);
    stage.await("the job is gone", () -> stage.job("brief") == null);
  }

  @Test
  void replicasComeAndGoWithTheManifest() {
    stage.submit(Manifests.job("scale", "", Map.of("Worker", 1, "PS", 1), "OnFailure"));
    stage.awaitPods("scale-ps-0", "scale-worker-0");
    String more = "{\"spec\":{\"tfReplicaSpecs\":{\"Worker\":{\"replicas\":N}}}}";
    stage.patch("scale", more.replace("N", "3"));
    stage.awaitPods("scale-ps-0", "scale-worker-0", "scale-worker-1", "scale-worker-2");
    stage.patch("scale", more.replace("N", "1"));
    stage.awaitPods("scale-ps-0", "scale-worker-0");
    stage.awaitServices("scale-ps-0", "scale-worker-0");
    assertThat(stage.conditions("scale")).containsExactly("Created");
  }

  @Test
  void aServiceThatIsDeletedIsMadeAgain() {
    stage.submit(Manifests.job("svc", "", Map.of("Worker", 1), "Never"));
    stage.awaitServices("svc-worker-0");
    String uid = stage.service("svc-worker-0").getMetadata().getUid();
    stage.deleteService("svc-worker-0");
    stage.await(
        "there is a new service",
        () -> {
          Service now = stage.service("svc-worker-0");
          return now != null && !now.getMetadata().getUid().equals(uid);
        });
  }

  @Test
  void anOperatorThatStartsAgainGoesOnWhereTheLastOneStopped() {
    stage.submit(DISTRIBUTED);
    stage.run("mnist-chief-0", "mnist-ps-0", "mnist-worker-0", "mnist-worker-1");
    stage.awaitConditions("mnist", "Created", "Running");
    String uid = stage.uid("mnist-worker-1");
    stopOperator();
    stage.lose("mnist-worker-1");
    stage.end("mnist-worker-0", 0);
    startAgain();
    stage.await("worker 1 is another", () -> stage.another("mnist-worker-1", uid));
    stage.end("mnist-chief-0", 0);
    stopOperator();
    startAgain();
    stage.awaitCondition("mnist", ConditionType.SUCCEEDED);
    stage.awaitPods("mnist-chief-0", "mnist-worker-0");
  }

  @Test
  void aPodOfSomebodyElseIsInTheWayUntilItGoes() {
    stage.stranger("taken-worker-0");
    stage.submit(Manifests.job("taken", "", Map.of("Worker", 1), "Never"));
    stage.awaitConditions("taken", "Created");
    stage.await("it is told", () -> !stage.events("FailedCreatePod").isEmpty());
    assertThat(stage.events("FailedCreatePod").getFirst().getMessage())
        .isEqualTo("Error creating: pods \"taken-worker-0\" already exists");
    stage.delete("taken-worker-0");
    stage.await(
        "the job has its own pod",
        () ->
            stage.pod("taken-worker-0") != null
                && !stage.pod("taken-worker-0").getMetadata().getOwnerReferences().isEmpty());
  }

  @Test
  void manyChangesAtOnceAreAllSeen() {
    for (int i = 0; i < 10; i++) {
      stage.submit(Manifests.job("many" + i, "", Map.of("Worker", 2, "PS", 1), "OnFailure"));
      stage.patch("many" + i, "{\"metadata\":{\"annotations\":{\"touched\":\"yes\"}}}");
    }
    stage.await("30 pods are there", () -> stage.pods().size() == 30);
    for (int i = 0; i < 10; i++) {
      stage.run("many" + i + "-worker-0", "many" + i + "-worker-1", "many" + i + "-ps-0");
      stage.end("many" + i + "-worker-0", 0);
    }
    for (int i = 0; i < 10; i++) {
      stage.awaitCondition("many" + i, ConditionType.SUCCEEDED);
      assertThat(stage.conditions("many" + i).getFirst()).isEqualTo("Created");
    }
    stage.await("only worker 0 of each is left", () -> stage.pods().size() == 10);
  }

  @Test
  void aJobOfAnotherControllerIsNotTouched() {
    stage.submit(
        Manifests.job(
            "theirs", "managedBy: kueue.x-k8s.io/multikueue", Map.of("Worker", 1), "Never"));
    stage.submit(Manifests.job("ours", "", Map.of("Worker", 1), "Never"));
    stage.awaitPods("ours-worker-0");
    assertThat(stage.status("theirs").conditions()).isNull();
  }
}
