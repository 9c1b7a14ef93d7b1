package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.tfjob.api.ConditionType;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.testing.Eventually;
import dev.mlk.tfjob.testing.RealApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The suite against a real API server: one that is started here ({@code -Dmlk.test.kube=BINARY}),
 * or the one that a kubeconfig names ({@code -Dmlk.test.kubeconfig=FILE}).
 */
@Tag("slow")
final class RealClusterTest extends TfJobOperatorSuite {
  private static Optional<RealApiServer> server = Optional.empty();
  private static KubernetesClient client;

  @BeforeAll
  static void connect() throws IOException {
    String kubeconfig = System.getProperty("mlk.test.kubeconfig", "");
    if (!kubeconfig.isEmpty()) {
      String text = Files.readString(Path.of(kubeconfig));
      client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(text)).build();
    } else {
      server = Optional.of(RealApiServer.start());
      client = server.get().client();
    }
    define(client);
  }

  /** Makes the resource known and waits until it is served. */
  static void define(KubernetesClient client) {
    if (client.resource(TfJobDefinition.json()).get() == null) {
      client.resource(TfJobDefinition.json()).create();
    }
    Eventually.within(
        Duration.ofSeconds(60),
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

  @Test
  void anApiServerThatStartsAgainLosesNoJob() throws IOException {
    // A server that somebody else runs is not the test's to restart.
    assumeTrue(server.isPresent(), "SKIPPED: only with an API server started here");
    stage.submit(DISTRIBUTED);
    stage.run("mnist-chief-0", "mnist-ps-0", "mnist-worker-0", "mnist-worker-1");
    stage.awaitConditions("mnist", "Created", "Running");
    server.get().restart();
    stage.end("mnist-chief-0", 0);
    stage.awaitCondition("mnist", ConditionType.SUCCEEDED);
    stage.awaitPods("mnist-chief-0");
  }

  @Test
  void onlyTheLeaderActsAndAnotherTakesOver() {
    stopOperator();
    String namespace = stage.namespace();
    TfJobOperator first = TfJobOperator.start(client, led(namespace, "first"), Clock.systemUTC());
    try (first) {
      stage.submit(Manifests.job("one", "", Map.of("Worker", 1), "Never"));
      stage.awaitPods("one-worker-0");
      TfJobOperator second =
          TfJobOperator.start(client, led(namespace, "second"), Clock.systemUTC());
      try (second) {
        first.close();
        stage.submit(Manifests.job("two", "", Map.of("Worker", 1), "Never"));
        stage.awaitPods("one-worker-0", "two-worker-0");
      }
    }
  }

  private static OperatorConfig led(String namespace, String identity) {
    return OperatorConfig.defaults()
        .in(Set.of(namespace))
        .ledBy(new OperatorConfig.Lease(namespace, "tfjob-operator", identity));
  }

  @Test
  void jobsOfOtherNamespacesAreNotTouched() {
    stopOperator();
    Stage other = new Stage(client);
    OperatorConfig config = OperatorConfig.defaults().in(Set.of(stage.namespace()));
    try (TfJobOperator operator = TfJobOperator.start(client, config, Clock.systemUTC())) {
      other.submit(Manifests.job("theirs", "", Map.of("Worker", 1), "Never"));
      stage.submit(Manifests.job("ours", "", Map.of("Worker", 1), "Never"));
      stage.awaitPods("ours-worker-0");
      assertThat(operator.ready()).isTrue();
      assertThat(other.pods()).isEmpty();
    }
  }

  @Test
  void aQueueCannotBeChangedAndSuspendHasADefault() {
    String queue = "{\"spec\":{\"runPolicy\":{\"schedulingPolicy\":{\"queue\":\"Q\"}}}}";
    stage.submit(Manifests.job("q", "schedulingPolicy: {queue: a}", Map.of("Worker", 1), "Never"));
    assertThatThrownBy(() -> stage.patch("q", queue.replace("Q", "b")))
        .hasMessageContaining("spec.runPolicy.schedulingPolicy.queue is immutable");
    assertThat(stage.job("q").getSpec().runPolicy().suspend()).isFalse();
  }
}
