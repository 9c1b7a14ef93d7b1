package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.node.log.ContainerLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * What acts on the API's objects inside a practice cluster beyond the controllers and the
 * scheduler, which the cluster itself starts: the node agent.
 */
final class ClusterInside {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private ClusterInside() {}

  /**
   * Starts the agent of the cluster's nodes.
   *
   * @param images the folder of the image catalogue
   * @param searchPath the PATH of containers that run programs of this machine
   */
  static NodeAgent start(
      ClusterFolder folder,
      ClusterSettings settings,
      ControlPlane cluster,
      Path images,
      String searchPath,
      Clock clock)
      throws IOException {
    NodeConfig config =
        new NodeConfig(
            folder.path(),
            images.resolve("catalog.yaml"),
            searchPath,
            settings.nodeSpecs(),
            ContainerLog.Limits.DEFAULT,
            SHUTDOWN);
    NodeAgent agent =
        NodeAgent.start(
            cluster.forNodes(config),
            new ApiClient(cluster.transport(), "kubelet"),
            cluster.informers(),
            clock);
    cluster.podStreams(agent.streams());
    return agent;
  }
}
