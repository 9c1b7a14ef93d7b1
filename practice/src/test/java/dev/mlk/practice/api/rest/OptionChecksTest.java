package dev.mlk.practice.api.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OptionChecksTest {
  @Test
  void anEmptyDryRunIsRefusedBeforeTheVersionIsLookedAt(@TempDir Path folder) throws IOException {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.create(Resources.CONFIG_MAPS, "default", "{metadata: {name: 'a'}}");
      String body =
          """
          {"metadata": {"name": "a", "resourceVersion": "abc"}}
          """;
      Request update =
          Request.of("PUT", Resources.CONFIG_MAPS.path("default", "a"))
              .query("dryRun", "")
              .body("application/json", body.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> cluster.client().call(update))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(422))
          .hasMessageContaining(
              "UpdateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: [\"\"]:"
                  + " supported values: \"All\"");
    }
  }
}
