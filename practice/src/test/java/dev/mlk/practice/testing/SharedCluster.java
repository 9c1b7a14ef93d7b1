package dev.mlk.practice.testing;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Key;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Transport;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.KubernetesCluster;
import dev.mlk.practice.KubernetesConfig.Parts;
import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.node.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster of real programs that the tests of a JVM use one after the other, as its start takes
 * seconds. Closing it removes what the test has left; namespaces stay, empty.
 */
final class SharedCluster implements ControlPlane {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Owners before what they own. */
  private static final List<Resource> REMOVED =
      List.of(
          Resources.DEPLOYMENTS,
          Resources.DAEMON_SETS,
          Resources.JOBS,
          Resources.REPLICA_SETS,
          Resources.PODS,
          Resources.SERVICES,
          Resource.namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
          Resources.VOLUME_CLAIMS,
          Resources.VOLUMES,
          Resources.RESOURCE_QUOTAS,
          Resources.LIMIT_RANGES,
          Resources.CONFIG_MAPS,
          Resources.SECRETS,
          Resources.EVENTS,
          Resources.NODES,
          Resources.LEASES,
          Resources.STORAGE_CLASSES,
          Resources.PRIORITY_CLASSES);

  private static Optional<KubernetesCluster> running = Optional.empty();
  private final KubernetesCluster cluster;
  private final ApiClient client;

  private SharedCluster(KubernetesCluster cluster) {
    this.cluster = cluster;
    this.client = new ApiClient(cluster.transport(), "test");
  }

  /** The cluster, started when it is not there yet; it ends with the JVM. */
  static synchronized SharedCluster of(Parts parts) throws IOException {
    if (running.isEmpty()) {
      Path folder = Files.createTempDirectory("mlk-target");
      KubernetesCluster cluster = RealPrograms.start(folder, parts);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, folder)));
      running = Optional.of(cluster);
    }
    return new SharedCluster(running.get());
  }

  private static void end(KubernetesCluster cluster, Path folder) {
    cluster.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public Transport transport() {
    return cluster.transport();
  }

  @Override
  public Informers informers() {
    return cluster.informers();
  }

  @Override
  public String kubeconfig() {
    return cluster.kubeconfig();
  }

  @Override
  public Path socket() {
    return cluster.socket();
  }

  @Override
  public String server() {
    return cluster.server();
  }

  @Override
  public void podStreams(PodStreams agent) {
    cluster.podStreams(agent);
  }

  @Override
  public NodeConfig forNodes(NodeConfig config) {
    return cluster.forNodes(config);
  }

  @Override
  public void close() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int left = remove();
    while (left > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(left + " objects of a test do not go");
      }
      LockSupport.parkNanos(50_000_000);
      left = remove();
    }
  }

  /** Deletes what is there and says how much that was. */
  private int remove() {
    int count = 0;
    for (Resource resource : REMOVED) {
      for (JsonNode found : client.list(resource, "", Map.of()).path("items")) {
        if (!system(resource, found)) {
          count++;
          delete(resource, (ObjectNode) found);
        }
      }
    }
    return count;
  }

  private void delete(Resource resource, ObjectNode object) {
    Key key = Key.of(object);
    ObjectNode options = JsonMapper.shared().createObjectNode();
    options.put("propagationPolicy", "Background");
    if (resource.equals(Resources.PODS)) {
      options.put("gracePeriodSeconds", 0);
    }
    try {
      if (!object.path("metadata").has("deletionTimestamp")) {
        client.delete(resource, key.namespace(), key.name(), options);
      }
      if (object.path("metadata").path("finalizers").toString().contains("example")) {
        ObjectNode patch = JsonMapper.shared().createObjectNode();
        patch.putObject("metadata").putNull("finalizers");
        client.patch(resource.path(key.namespace(), key.name()), ApiClient.PatchType.MERGE, patch);
      } else if (resource.equals(Resources.PODS)) {
        client.delete(resource, key.namespace(), key.name(), options);
      }
    } catch (ApiException e) {
      if (!e.notFound() && !e.conflict()) {
        throw e;
      }
    }
  }

  /** What a cluster has before any test. */
  private static boolean system(Resource resource, JsonNode object) {
    String namespace = object.path("metadata").path("namespace").asString("");
    String name = object.path("metadata").path("name").asString("");
    return name.equals("kube-root-ca.crt")
        || name.startsWith("system-")
        || (name.equals("standard") && resource.equals(Resources.STORAGE_CLASSES))
        || (name.equals("metrics-server") && namespace.equals("kube-system"))
        || (name.equals("kubernetes") && namespace.equals("default"))
        || (namespace.startsWith("kube-") && resource.equals(Resources.CONFIG_MAPS))
        || (resource.equals(Resources.LEASES) && !namespace.equals("kube-node-lease"));
  }
}
