package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.testing.Target;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.operator.TfJobOperatorSuite;
import dev.mlk.tfjob.testing.Eventually;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The operator's suite against a cluster of the run's target, without nodes: it plays the pods. */
@Tag("target")
final class OperatorOnPracticeTest extends TfJobOperatorSuite {
  private static final Resource DEFINITIONS =
      Resource.cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  @TempDir private static Path folder;
  private static ControlPlane cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = Target.start(folder.resolve("suite"), InstantSource.system());
    new ApiClient(cluster.transport(), "suite").create(DEFINITIONS, "", TfJobDefinition.tree());
    // The node that the suite binds pods to: no agent acts for it.
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", "nowhere");
    new ApiClient(cluster.transport(), "suite").create(Resources.NODES, "", node);
    Config config = Config.fromKubeconfig(cluster.kubeconfig());
    config.setOnlyHttpWatches(true);
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    Eventually.within(
        Duration.ofSeconds(20),
        "TFJob is served",
        () -> client.raw("/apis/kubeflow.org/v1") != null);
  }

  @AfterAll
  static void stopCluster() {
    client.close();
    cluster.close();
  }

  @Override
  protected KubernetesClient client() {
    return client;
  }
}
