package dev.mlk.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OperatorTest {
  // No nodes: nothing runs pods, and the operator sees an API server all the same.
  @AutoClose
  private static final PracticeCluster CLUSTER = PracticeCluster.start(config -> config.nodes(0));

  @Test
  void podsOfATeamGetItsLimits() {
    Config config = Config.fromKubeconfig(CLUSTER.kubeconfig());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
        TeamLimits _ = new TeamLimits(client)) {
      client
          .namespaces()
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName("vision")
                  .addToLabels("team", "vision")
                  .endMetadata()
                  .build())
          .create();
      client
          .limitRanges()
          .inNamespace("vision")
          .withName("team-limits")
          .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);
      client
          .serviceAccounts()
          .inNamespace("vision")
          .withName("default")
          .waitUntilCondition(Objects::nonNull, 60, TimeUnit.SECONDS);

      Pod pod =
          client
              .pods()
              .inNamespace("vision")
              .resource(
                  new PodBuilder()
                      .withNewMetadata()
                      .withName("train")
                      .endMetadata()
                      .withNewSpec()
                      .addNewContainer()
                      .withName("main")
                      .withImage("busybox")
                      .endContainer()
                      .endSpec()
                      .build())
              .create();

      assertThat(pod.getSpec().getContainers().getFirst().getResources().getLimits())
          .containsEntry("memory", new Quantity("256Mi"));
    }
  }
}
