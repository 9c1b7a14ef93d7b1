package dev.mlk.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FirstTest {
  @AutoClose private static final PracticeCluster CLUSTER = PracticeCluster.start();

  @Test
  void whatIsCreatedIsThere() {
    Config config = Config.fromKubeconfig(CLUSTER.kubeconfig());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      ConfigMap settings =
          new ConfigMapBuilder()
              .withNewMetadata()
              .withName("settings")
              .endMetadata()
              .withData(Map.of("colour", "blue"))
              .build();
      client.configMaps().inNamespace("default").resource(settings).create();

      assertThat(client.configMaps().inNamespace("default").withName("settings").get().getData())
          .containsEntry("colour", "blue");
    }
  }
}
