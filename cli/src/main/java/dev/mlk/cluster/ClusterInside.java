package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.controller.Controllers;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.practice.node.NodeConfig;
import dev.mlk.practice.node.Ticker;
import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.scheduler.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What acts on the API's objects inside a practice cluster: controllers, scheduler, node agent. It
 * stops in the opposite order.
 */
final class ClusterInside implements AutoCloseable {
  private static final Duration SHUTDOWN = Duration.ofSeconds(5);

  private final Informers informers;
  private final Controllers controllers;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final NodeAgent agent;

  private ClusterInside(
      Informers informers,
      Controllers controllers,
      Scheduler scheduler,
      Ticker ticker,
      NodeAgent agent) {
    this.informers = informers;
    this.controllers = controllers;
    this.scheduler = scheduler;
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
      PracticeCluster cluster,
      Path images,
      String searchPath,
      Clock clock)
      throws IOException {
    ApiClient client = new ApiClient(cluster.transport(), "practice-cluster");
    Informers informers = new Informers(client);
    Path volumes = folder.path().resolve("volumes");
    Controllers controllers =
        Controllers.start(
            client, informers, clock, new Controllers.Settings(volumes, authority(folder)));
    Scheduler scheduler = Scheduler.start(client, informers, clock);
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
              config,
              new ApiClient(cluster.transport(), "kubelet"),
              informers,
              ticker,
              RandomGenerator.getDefault());
      cluster.podStreams(agent.streams());
      return new ClusterInside(informers, controllers, scheduler, ticker, agent);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the nodes started");
    }
  }

  private static String authority(ClusterFolder folder) {
    try {
      return Files.readString(folder.path().resolve("pki").resolve("ca.crt"));
    } catch (IOException e) {
      return ""; // no root CA is published, which nothing here depends on
    }
  }

  @Override
  public void close() {
    agent.close();
    ticker.close();
    scheduler.close();
    controllers.close();
    informers.close();
  }
}
