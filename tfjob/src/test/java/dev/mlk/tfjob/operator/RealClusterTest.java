package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.testing.Eventually;
import dev.mlk.tfjob.testing.RealApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The suite against a real API server: one that is started here ({@code -Dmlk.test.kube=BINARY}),
 * or the one that a kubeconfig names ({@code -Dmlk.test.kubeconfig=FILE}).
 */
final class RealClusterTest extends TfJobOperatorSuite {
  private static Optional<RealApiServer> server = Optional.empty();
  private static KubernetesClient client;

  @BeforeAll
  static void connect() throws IOException {
    String kubeconfig = System.getProperty("mlk.test.kubeconfig", "");
    Optional<Path> binary = RealApiServer.binary();
    if (!kubeconfig.isEmpty()) {
      String text = Files.readString(Path.of(kubeconfig));
      client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(text)).build();
    } else {
      RealApiServer.assumeThere();
      server = Optional.of(RealApiServer.start(binary.orElseThrow()));
      client = server.get().client();
    }
    define();
  }

  private static void define() {
    client.resource(TfJobDefinition.json()).serverSideApply();
    Eventually.within(
        Duration.ofSeconds(20),
        "TFJob is served",
        () -> client.raw("/apis/kubeflow.org/v1") != null);
  }

  @AfterAll
  static void disconnect() throws IOException {
    if (client != null) {
      client.close();
    }
    if (server.isPresent()) {
      server.get().close();
    }
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
