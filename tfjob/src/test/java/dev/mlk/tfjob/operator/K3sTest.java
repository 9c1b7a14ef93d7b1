package dev.mlk.tfjob.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The suite in k3s, a whole Kubernetes in a container, where a Docker engine exists. Another image
 * than the usual one is named by the property {@code mlk.test.k3s}.
 */
@Tag("slow")
final class K3sTest extends TfJobOperatorSuite {
  private static final String IMAGE = "rancher/k3s:v1.35.4-k3s1";
  private static Optional<K3sContainer> k3s = Optional.empty();
  private static KubernetesClient client;

  @BeforeAll
  static void startContainer() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String why = "no Docker engine on this machine, and k3s is a container";
      System.out.println("SKIPPED " + why);
      Assumptions.abort(why);
    }
    K3sContainer container =
        new K3sContainer(DockerImageName.parse(System.getProperty("mlk.test.k3s", IMAGE)));
    k3s = Optional.of(container);
    container.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(container.getKubeConfigYaml()))
            .build();
    RealClusterTest.define(client);
  }

  @AfterAll
  static void stopContainer() {
    if (client != null) {
      client.close();
    }
    k3s.ifPresent(K3sContainer::stop);
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
