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
    operator = startAgain();
  }

  TfJobOperator startAgain() {
    return TfJobOperator.start(client(), OperatorConfig.defaults(), Clock.systemUTC());
  }

  void stopOperator() {
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
}
