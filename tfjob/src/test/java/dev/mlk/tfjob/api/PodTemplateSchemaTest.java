package dev.mlk.tfjob.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.testing.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of pod templates in the jar is what a real API server says about pods. With {@code
 * -Dmlk.golden=update} it is written anew.
 */
final class PodTemplateSchemaTest {
  private static final Path FILE =
      Path.of("src/main/resources/dev/mlk/tfjob/api/pod-template.schema.json");

  @Test
  void theSchemaOfTemplatesIsTheApiServersOwn() throws IOException {
    try (RealApiServer server = RealApiServer.start();
        KubernetesClient client = server.client()) {
      String openApi = client.raw("/openapi/v3/api/v1");
      ObjectNode schema = PodTemplateSchema.from(JsonMapper.shared().readTree(openApi));
      if ("update".equals(System.getProperty("mlk.golden"))) {
        Files.writeString(FILE, schema + "\n");
      }
      assertThat(JsonMapper.shared().readTree(Files.readString(FILE))).isEqualTo(schema);
    }
  }
}
