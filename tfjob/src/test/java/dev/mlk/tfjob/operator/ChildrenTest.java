package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.JobLabels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pods and services are made. */
final class ChildrenTest {
  private static final String RICH =
      """
      ---
      metadata: {name: j, namespace: ns, uid: u}
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 2
            restartPolicy: OnFailure
            template:
              metadata:
                labels: {label1: "1", training.kubeflow.org/replica-type: mine}
                annotations: {annotation1: "1"}
                finalizers: [example.com/f]
              spec:
                restartPolicy: Always
                nodeSelector: {disk: ssd}
                containers:
                - name: sidecar
                  image: s
                - name: tensorflow
                  image: i
                  env: [{name: A, value: b}, {name: TF_CONFIG, value: mine}]
                  ports: [{name: tfjob-port, containerPort: 5000}, {containerPort: 6006}]
      """;

  @Test
  void theTemplateIsKeptAndTheOperatorsLabelsWin() {
    Pod pod = new World(RICH).settle().pod("worker-0");
    assertThat(pod.getMetadata().getNamespace()).isEqualTo("ns");
    assertThat(pod.getMetadata().getLabels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "label1",
                "1",
                JobLabels.OPERATOR_NAME,
                "tfjob-controller",
                JobLabels.JOB_NAME,
                "j",
                JobLabels.REPLICA_TYPE,
                "worker",
                JobLabels.REPLICA_INDEX,
                "0",
                JobLabels.JOB_ROLE,
                "master"));
    assertThat(pod.getMetadata().getAnnotations()).containsEntry("annotation1", "1");
    assertThat(pod.getMetadata().getFinalizers()).containsExactly("example.com/f");
    assertThat(pod.getSpec().getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("OnFailure");
    assertThat(pod.getSpec().getContainers())
        .extracting(Container::getName)
        .containsExactly("sidecar", "tensorflow");
    Container trainer = pod.getSpec().getContainers().getLast();
    assertThat(trainer.getEnv()).extracting(EnvVar::getName).containsExactly("A", "TF_CONFIG");
    assertThat(trainer.getEnv().getLast().getValue()).contains("j-worker-1.ns.svc:5000");
    assertThat(pod.getSpec().getContainers().getFirst().getEnv()).isEmpty();
  }

  @Test
  void ownersAndServicesAreAsSpecified() {
    World world = new World(RICH).settle();
    Service service = world.service("worker-1");
    assertThat(new KubernetesSerialization().asJson(service))
        .isEqualTo(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"labels":{\
            "training.kubeflow.org/job-name":"j",\
            "training.kubeflow.org/operator-name":"tfjob-controller",\
            "training.kubeflow.org/replica-index":"1",\
            "training.kubeflow.org/replica-type":"worker"},"name":"j-worker-1","namespace":"ns",\
            "ownerReferences":[{"apiVersion":"kubeflow.org/v1","kind":"TFJob",\
            "blockOwnerDeletion":true,"controller":true,"name":"j","uid":"u"}]},\
            "spec":{"clusterIP":"None","ports":[{"name":"tfjob-port","port":5000},\
            {"name":"port-6006","port":6006}],"selector":{\
            "training.kubeflow.org/job-name":"j",\
            "training.kubeflow.org/operator-name":"tfjob-controller",\
            "training.kubeflow.org/replica-index":"1",\
            "training.kubeflow.org/replica-type":"worker"}}}""");
    assertThat(world.pod("worker-1").getMetadata().getOwnerReferences())
        .isEqualTo(service.getMetadata().getOwnerReferences());
    assertThat(world.notes())
        .contains(
            "W SetPodTemplateRestartPolicy: Restart policy in pod template will be overwritten by"
                + " restart policy in replica spec");
  }

  @Test
  void aContainerWithoutPortsGetsTheUsualOne() {
    Pod pod = World.of("Worker 1", "Never", "", "").settle().pod("worker-0");
    assertThat(pod.getSpec().getContainers().getFirst().getPorts())
        .singleElement()
        .extracting("name", "containerPort")
        .containsExactly("tfjob-port", 2222);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TPL-01,ExitCode,Never",
    "TPL-02,Never,Never",
    "TPL-03,Always,Always",
    "TPL-04,OnFailure,OnFailure",
    "DEF-03,'''''',Never"
  })
  void theKubeletsPolicyFollowsTheReplicas(String id, String policy, String expected) {
    Pod pod = World.of("Worker 1", policy, "", "").settle().pod("worker-0");
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NAM-12 | Chief 1, Worker 1 | chief-0=master worker-0=null
          NAM-13 | Worker 2, PS 1 | worker-0=master worker-1=null ps-0=null
          Chief 2 | Chief 2, Worker 1 | chief-0=master chief-1=master worker-0=null
          """)
  void theMastersCarryTheirRole(String id, String replicas, String roles) {
    World world = World.of(replicas, "Never", "", "").settle();
    for (String role : roles.split(" ", -1)) {
      String[] words = role.split("=", -1);
      String label = world.pod(words[0]).getMetadata().getLabels().get(JobLabels.JOB_ROLE);
      assertThat(String.valueOf(label)).as(words[0]).isEqualTo(words[1]);
    }
  }

  @Test
  void namesAreBuiltFromJobTypeAndNumber() {
    assertThat(JobLabels.replicaName("1/2/3/4/5", "worker", 1)).isEqualTo("1-2-3-4-5-worker-1");
    assertThat(JobLabels.replicaName("1/2/3/4/5", "WORKER", 1)).isEqualTo("1-2-3-4-5-worker-1");
  }

  @Test
  void ofTwoSpellingsTheOtherOneWins() {
    World world = World.of("Worker 2, worker 1", "Never", "", "").settle();
    assertThat(world.pods()).isEqualTo("worker-0");
    World reversed = World.of("worker 1, Worker 2", "Never", "", "").settle();
    assertThat(reversed.pods()).isEqualTo("worker-0");
  }
}
