package dev.mlk.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;

/**
 * The same fixtures on Kubernetes' own control plane. Those that it cannot express say why in their
 * member {@code unreal}; that is printed.
 */
@Tag("slow")
final class ClusterCheckOnKubernetesTest extends BrokenClusters {
  @Override
  World start(Path empty) throws IOException {
    return World.kubernetes(empty);
  }

  @Override
  boolean slow() {
    return true;
  }

  @Override
  String unfit(JsonNode fixture) {
    return fixture.path("unreal").asString("");
  }
}
