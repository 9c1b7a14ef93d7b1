package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.node.Ticker;
import dev.mlk.practice.node.log.ContainerLog;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What acts on the API's objects inside a practice cluster beyond the controllers and the
 * scheduler, which the cluster itself starts: the node agent. It stops in the opposite order.
 */
final class ClusterInside implements AutoCloseable {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final NodeAgent agent;

  private ClusterInside(Ticker ticker, NodeAgent agent) {
    this.ticker = ticker;
    this.agent = agent;
  }

  /**
   * Starts all of it.
   *
   * @param images the folder of the image catalogue
   * @param searchPath the PATH of containers that run programs of this machine
   */
  static ClusterInside start(
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
    Ticker ticker = Ticker.of(clock);
    try {
      NodeAgent agent =
          NodeAgent.start(
              cluster.forNodes(config),
              new ApiClient(cluster.transport(), "kubelet"),
              cluster.informers(),
              ticker,
              RandomGenerator.getDefault());
      cluster.podStreams(agent.streams());
      return new ClusterInside(ticker, agent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the nodes started");
    }
  }

  @Override
  public void close() {
    agent.close();
    ticker.close();
  }
}
