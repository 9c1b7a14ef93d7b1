package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A cluster whose TFJob resource was defined by others, and only after the operator started. */
final class ForeignDefinitionTest {
  @Test
  void theOperatorWaitsForTheResourceAndDoesWithoutItsOwnMembers() throws IOException {
    try (RealApiServer server = RealApiServer.start();
        KubernetesClient client = server.client();
        TfJobOperator operator =
            TfJobOperator.start(client, OperatorConfig.defaults(), Clock.systemUTC())) {
      client.resource(foreign()).create();
      Stage stage = new Stage(client);
      stage.await("TFJob is served", () -> client.raw("/apis/kubeflow.org/v1") != null);
      stage.submit(Manifests.job("j", "", Map.of("Worker", 2), "ExitCode"));
      stage.run("j-worker-0", "j-worker-1");
      stage.awaitConditions("j", "Created", "Running");
      assertThat(operator.ready()).isTrue();

      long start = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        String uid = stage.uid("j-worker-1");
        stage.end("j-worker-1", 137);
        stage.await("worker 1 is another", () -> stage.another("j-worker-1", uid));
        stage.run("j-worker-1");
      }
      stage.await("both run", () -> stage.counts("j", "Worker").equals("2/0/0"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Expectations.PATIENCE);
      assertThat(stage.status("j").replicaStatuses().get("Worker").restarts()).isNull();
    }
  }

  private static String foreign() {
    ObjectNode tree = TfJobDefinition.tree();
    ObjectNode members =
        (ObjectNode)
            tree.at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties")
                .at("/replicaStatuses/additionalProperties/properties");
    members.remove("restarts");
    return tree.toString();
  }
}
