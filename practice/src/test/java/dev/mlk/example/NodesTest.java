package dev.mlk.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.node.GpuModel;
import dev.mlk.practice.node.NodeSpec;
import dev.mlk.practice.quantity.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodesTest {
  private static final Quantity MEMORY = Quantity.parse("64Gi").orElseThrow();

  @Test
  void aHundredPodsRunOnTwoNodesOfOnesOwn() {
    List<NodeSpec> nodes =
        IntStream.rangeClosed(1, 2)
            .mapToObj(
                i ->
                    new NodeSpec(
                        "big-" + i,
                        Quantity.of(64),
                        MEMORY,
                        200, // pods
                        0, // GPUs
                        GpuModel.T4,
                        Map.of("disk", "fast")))
            .toList();
    try (PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(nodes));
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build()) {
      Job job =
          new JobBuilder()
              .withNewMetadata()
              .withName("many")
              .endMetadata()
              .withNewSpec()
              .withParallelism(100)
              .withCompletions(100)
              .withNewTemplate()
              .withNewSpec()
              .withRestartPolicy("Never")
              .addToNodeSelector("disk", "fast")
              .addNewContainer()
              .withName("main")
              .withImage("mlk/simulated")
              .withArgs("--duration", "0.2s", "--exit-code", "0")
              .endContainer()
              .endSpec()
              .endTemplate()
              .endSpec()
              .build();
      client.batch().v1().jobs().inNamespace("default").resource(job).create();

      Job done =
          client
              .batch()
              .v1()
              .jobs()
              .inNamespace("default")
              .withName("many")
              .waitUntilCondition(
                  now ->
                      now != null
                          && now.getStatus() != null
                          && Integer.valueOf(100).equals(now.getStatus().getSucceeded()),
                  120,
                  TimeUnit.SECONDS);
      assertThat(done.getStatus().getSucceeded()).isEqualTo(100);
    }
  }
}
