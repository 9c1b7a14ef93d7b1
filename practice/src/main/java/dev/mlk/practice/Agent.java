package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.node.log.ContainerLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;

/** The node agent of a cluster whose configuration names nodes. */
final class Agent {
  /** What a pod's processes have to end by themselves when the cluster is closed. */
  private static final Duration SHUTDOWN = Duration.ofMillis(200);

  private Agent() {}

  static NodeAgent start(PracticeConfig config, ControlPlane cluster, Informers informers)
      throws IOException {
    PracticeConfig.Inside inside = config.inside();
    Path folder = config.place().folder();
    NodeConfig nodes =
        new NodeConfig(
            folder,
            inside.images().isEmpty() ? ownCatalogue(folder) : given(inside.images().getFirst()),
            inside.searchPath(),
            inside.nodes(),
            ContainerLog.Limits.DEFAULT,
            SHUTDOWN);
    return NodeAgent.start(
        cluster.forNodes(nodes),
        new ApiClient(cluster.transport(), "kubelet"),
        informers,
        config.clock());
  }

  private static Path given(Path catalogue) throws IOException {
    if (!Files.isRegularFile(catalogue)) {
      throw new IOException("there is no catalogue of images at " + catalogue);
    }
    return catalogue;
  }

  /** The library's catalogue as a file of the cluster: paths in it are relative to its folder. */
  private static Path ownCatalogue(Path folder) throws IOException {
    Path file = folder.resolve("images").resolve("catalog.yaml");
    Files.createDirectories(file.getParent());
    try (InputStream text = Agent.class.getResourceAsStream("catalog.yaml")) {
      Files.copy(Objects.requireNonNull(text), file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
