package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a node agent is told.
 *
 * @param cluster the cluster's folder: pods live below {@code nodes/}, claims below {@code
 *     volumes/}
 * @param catalog the catalogue of images
 * @param path the PATH of containers that run programs of this machine
 * @param nodes the nodes to make and to act for
 * @param logs when logs rotate
 * @param shutdown how long processes have to end when the cluster stops
 * @param api what depends on the API server
 */
public record NodeConfig(
    Path cluster,
    Path catalog,
    String path,
    List<NodeSpec> nodes,
    ContainerLog.Limits logs,
    Duration shutdown,
    ApiSide api) {
  /**
   * What depends on the API server.
   *
   * @param podNetwork the first number of the pods' addresses: 127, or 10 where the API server
   *     refuses endpoints in the loopback range, as a real one does
   * @param kubeletPort where the API server finds logs and commands of the nodes' pods; 0 when it
   *     asks the agent within the process
   * @param server what is behind the Service {@code kubernetes} when that has no endpoints, and
   *     where programs in pods find the API server when there is no such Service
   */
  public record ApiSide(int podNetwork, int kubeletPort, Optional<InetSocketAddress> server) {}

  private static final int LOOPBACK = 127;
  private static final int PRIVATE = 10;

  public NodeConfig {
    cluster = cluster.toAbsolutePath().normalize();
    Objects.requireNonNull(catalog, "catalog");
    nodes = List.copyOf(nodes);
  }

  /** A configuration with pods in the loopback range. */
  public NodeConfig(
      Path cluster,
      Path catalog,
      String path,
      List<NodeSpec> nodes,
      ContainerLog.Limits logs,
      Duration shutdown) {
    this(cluster, catalog, path, nodes, logs, shutdown, new ApiSide(LOOPBACK, 0, Optional.empty()));
  }

  /** The same for a real API server, which asks a kubelet at that port of this machine. */
  public NodeConfig forRealApiServer(int kubeletPort) {
    ApiSide real = new ApiSide(PRIVATE, kubeletPort, Optional.empty());
    return new NodeConfig(cluster, catalog, path, nodes, logs, shutdown, real);
  }

  /** The same with programs in pods told that the API server is there. */
  public NodeConfig withServer(InetSocketAddress server) {
    ApiSide found = new ApiSide(api.podNetwork(), api.kubeletPort(), Optional.of(server));
    return new NodeConfig(cluster, catalog, path, nodes, logs, shutdown, found);
  }

  /** The usual nodes, {@code node-1} and so on. */
  public static NodeConfig of(Path cluster, Path catalog, String path, int nodes) {
    return new NodeConfig(
        cluster,
        catalog,
        path,
        IntStream.rangeClosed(1, nodes).mapToObj(i -> NodeSpec.standard("node-" + i)).toList(),
        ContainerLog.Limits.DEFAULT,
        Duration.ofSeconds(5));
  }

  Path node(String name) {
    return cluster.resolve("nodes").resolve(name);
  }

  Path pod(String node, String uid) {
    return node(node).resolve("pods").resolve(uid);
  }

  Path volumes() {
    return cluster.resolve("volumes");
  }
}
