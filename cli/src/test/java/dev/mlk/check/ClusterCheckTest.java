package dev.mlk.check;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The fixtures on the practice cluster's API server and controllers. */
final class ClusterCheckTest extends BrokenClusters {
  @Override
  World start(Path empty) throws IOException {
    return World.start(empty);
  }

  @Override
  boolean slow() {
    return false;
  }

  @Override
  String unfit(JsonNode fixture) {
    return "";
  }

  @Test
  void theWholeScreen() throws IOException {
    Screens.hold("cluster-check", fresh(), text -> text.replaceAll("in [0-9]+ ms", "in 7 ms"));
  }
}
