package dev.mlk.practice.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class ScalingTest {
  private static final String DEPLOYMENT =
      """
      {metadata: {name: 'a'}, spec: {replicas: 0, selector: {matchLabels: {app: 'a'}},
        template: {metadata: {labels: {app: 'a'}},
          spec: {schedulerName: 'nobody', containers: [{name: 'main', image: 'x'}]}}}}
      """;

  @Test
  void aPatchOfTheScaleDoesNotMindWhoElseWritesButKeepsToTheVersionItNames(@TempDir Path folder)
      throws Exception {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.create(Resources.DEPLOYMENTS, "default", DEPLOYMENT);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  String text = "{metadata: {labels: {turn: '" + i + "'}}}";
                  cluster.patch(Resources.DEPLOYMENTS, "default", "a", text);
                }
              });
      for (int i = 0; i < 200; i++) {
        ObjectNode scale = scale(cluster, "{spec: {replicas: " + i % 2 + "}}");
        assertThat(scale.path("spec").path("replicas").asInt(0)).isEqualTo(i % 2);
      }
      done.set(true);
      other.get();
      assertThatThrownBy(
              () -> scale(cluster, "{metadata: {resourceVersion: '1'}, spec: {replicas: 3}}"))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(409));
    }
  }

  private static ObjectNode scale(TestCluster cluster, String patch) {
    return cluster
        .client()
        .patch(
            Resources.DEPLOYMENTS.path("default", "a", "scale"),
            ApiClient.PatchType.MERGE,
            TestCluster.json(patch));
  }
}
