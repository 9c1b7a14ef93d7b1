package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.practice.quantity.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A cluster that starts with other nodes than it had. */
@Tag("target")
final class OtherNodesTest {
  private static final String SLEEPS =
      """
      nodeName: %s
      containers: [{name: main, image: busybox, command: [sleep, '1000']}]
      """;

  private static final GpuModel A100 = new GpuModel("NVIDIA-A100-SXM4-40GB", "ampere", 40_960);

  @TempDir Path folder;

  @Test
  void nodes_that_are_no_more_go_with_their_pods_and_the_others_stay() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.pod("stays", SLEEPS.formatted("node-1"));
      cluster.pod("goes", SLEEPS.formatted("node-2"));
      cluster.awaitPhase("stays", "Running");
      cluster.awaitPhase("goes", "Running");
      cluster.api().create(Resources.NODES, "", object("somebody-elses"));
      cluster.stopAgent();

      cluster.startAgent(List.of(NodeSpec.standard("node-1")));

      assertThat(cluster.api().find(Resources.NODES, "", "node-2")).isEmpty();
      assertThat(cluster.api().find(Resources.LEASES, "kube-node-lease", "node-2")).isEmpty();
      assertThat(cluster.api().find(Resources.PODS, "default", "goes")).isEmpty();
      assertThat(cluster.folder().resolve("nodes/node-2")).doesNotExist();
      assertThat(cluster.api().find(Resources.NODES, "", "somebody-elses")).isPresent();
      cluster.await(
          "stays",
          "running again",
          pod -> TestCluster.container(pod).path("restartCount").asInt() == 1);
    }
  }

  @Test
  void a_job_counts_the_pod_that_went_with_its_node_and_makes_another() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      ObjectNode node = patch("unschedulable", true);
      cluster.api().patch("/api/v1/nodes/node-1", ApiClient.PatchType.MERGE, node);
      ObjectNode job =
          TestCluster.yaml(
              """
              apiVersion: batch/v1
              kind: Job
              metadata: {name: work}
              spec:
                template:
                  spec:
                    restartPolicy: Never
                    containers: [{name: main, image: busybox, command: [sleep, '1000']}]
              """);
      cluster.api().create(Resources.JOBS, "default", job);
      Await.until("its pod runs on node-2", () -> runningOn(cluster).equals(List.of("node-2")));
      cluster.stopAgent();
      cluster.startAgent(List.of(NodeSpec.standard("node-1")));
      cluster
          .api()
          .patch("/api/v1/nodes/node-1", ApiClient.PatchType.MERGE, patch("unschedulable", false));

      Await.until("another runs on node-1", () -> runningOn(cluster).equals(List.of("node-1")));
      JsonNode after = cluster.api().get(Resources.JOBS, "default", "work");
      assertThat(after.path("status").path("failed").asInt()).isEqualTo(1);
    }
  }

  @Test
  void labels_and_gpus_follow_the_configuration_but_what_users_changed_stays() throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      ObjectNode labels = JsonNodeFactory.instance.objectNode();
      labels
          .putObject("metadata")
          .putObject("labels")
          .put("team", "a")
          .put("nvidia.com/gpu.sharing-strategy", "mps");
      cluster.api().patch("/api/v1/nodes/node-1", ApiClient.PatchType.MERGE, labels);
      cluster.stopAgent();

      cluster.startAgent(List.of(spec(4)));

      JsonNode known = node(cluster).path("metadata").path("labels");
      assertThat(known.path("nvidia.com/gpu.product").asString("")).isEqualTo(A100.product());
      assertThat(known.path("nvidia.com/gpu.count").asString("")).isEqualTo("4");
      assertThat(known.path("nvidia.com/gpu.sharing-strategy").asString("")).isEqualTo("mps");
      assertThat(known.path("team").asString("")).isEqualTo("a");
      cluster.stopAgent();

      cluster.startAgent(List.of(spec(0)));

      JsonNode without = node(cluster);
      assertThat(without.path("metadata").path("labels").propertyNames())
          .contains("team", "kubernetes.io/hostname")
          .noneMatch(label -> label.contains("gpu") || label.contains("nvidia"));
      assertThat(without.path("metadata").path("annotations").has(NodeObject.SIMULATED_GPU))
          .isFalse();
      assertThat(without.path("status").path("capacity").propertyNames())
          .contains("cpu")
          .doesNotContain(Gpus.RESOURCE);
      assertThat(without.path("status").path("allocatable").has(Gpus.RESOURCE)).isFalse();
    }
  }

  private static NodeSpec spec(int gpus) {
    NodeSpec usual = NodeSpec.standard("node-1");
    return new NodeSpec(
        usual.name(), Quantity.of(4), usual.memory(), usual.pods(), gpus, A100, Map.of());
  }

  private static JsonNode node(TestCluster cluster) {
    return cluster.api().get(Resources.NODES, "", "node-1");
  }

  private static ObjectNode object(String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode patch(String field, boolean value) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put(field, value);
    return patch;
  }

  private static List<String> runningOn(TestCluster cluster) {
    return cluster
        .api()
        .list(Resources.PODS, "default", Map.of("labelSelector", "job-name=work"))
        .path("items")
        .valueStream()
        .filter(pod -> pod.path("status").path("phase").asString("").equals("Running"))
        .map(pod -> pod.path("spec").path("nodeName").asString(""))
        .toList();
  }
}
