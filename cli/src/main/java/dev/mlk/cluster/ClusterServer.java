package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.KubernetesCluster;
import dev.mlk.practice.KubernetesConfig;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.kubernetes.Programs;
import dev.mlk.practice.node.NodeAgent;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.operator.OperatorConfig;
import dev.mlk.tfjob.operator.TfJobOperator;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A practice cluster with all that mlk's users need in it: the cluster itself, the TFJob resource
 * and its operator, in this process. Whoever holds it holds the cluster's lock.
 */
final class ClusterServer implements AutoCloseable {
  private static final Resource DEFINITIONS =
      Resource.cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  private final ClusterFolder folder;
  private final ClusterLock lock;
  private final ControlPlane cluster;
  private final NodeAgent nodes;
  private final FutureTask<Operator> operator;

  private record Operator(KubernetesClient client, TfJobOperator operator) {}

  private ClusterServer(
      ClusterFolder folder,
      ClusterLock lock,
      ControlPlane cluster,
      NodeAgent nodes,
      FutureTask<Operator> operator) {
    this.folder = folder;
    this.lock = lock;
    this.cluster = cluster;
    this.nodes = nodes;
    this.operator = operator;
  }

  /**
   * Starts everything; when it returns, the cluster answers and its endpoint is noted.
   *
   * @param lock the cluster's lock, which is the server's from now on
   * @param images the folder of the image catalogue
   * @param searchPath the PATH of containers that run programs of this machine
   * @param progress is told how far the start has come
   */
  static ClusterServer start(
      ClusterFolder folder,
      ClusterLock lock,
      Path images,
      String searchPath,
      Clock clock,
      Consumer<String> progress)
      throws IOException {
    ClusterSettings settings =
        ClusterSettings.read(folder.config()).orElse(ClusterSettings.DEFAULT);
    Instant started = clock.instant();
    ControlPlane cluster = controlPlane(folder, settings, clock, progress);
    ApiClient api = new ApiClient(cluster.transport(), "mlk/0.1.0");
    try {
      defineJobs(api);
      NodeAgent nodes = ClusterInside.start(folder, settings, cluster, images, searchPath, clock);
      try {
        // fabric8 takes its time to load; who only wants the API need not wait for it.
        FutureTask<Operator> operator =
            new FutureTask<>(() -> settings.operator() ? operator(cluster, clock) : null);
        Thread.ofPlatform().daemon().name("operator-start").start(operator);
        new Readiness(api).gpusOffered(settings.machines());
        long pid = ProcessHandle.current().pid();
        new RunningCluster(cluster.socket(), cluster.server(), pid, started).write(folder);
        return new ClusterServer(folder, lock, cluster, nodes, operator);
      } catch (IOException | RuntimeException e) {
        nodes.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static ControlPlane controlPlane(
      ClusterFolder folder, ClusterSettings settings, Clock clock, Consumer<String> progress)
      throws IOException {
    if (!settings.engine().real()) {
      return PracticeCluster.start(
          PracticeConfig.of(folder.name(), folder.path()).port(settings.port()).clock(clock));
    }
    return KubernetesCluster.start(
        new KubernetesConfig(
            folder.name(),
            folder.path(),
            settings.port(),
            new Programs(Path.of(settings.engine().programs())),
            KubernetesConfig.Parts.KUBERNETES,
            clock,
            progress));
  }

  private static Operator operator(ControlPlane cluster, Clock clock) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig());
    // Watches as plain answers, as kubectl asks for them: one protocol less between the two.
    config.setOnlyHttpWatches(true);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    return new Operator(client, TfJobOperator.start(client, OperatorConfig.defaults(), clock));
  }

  private static void defineJobs(ApiClient api) {
    ObjectNode definition = TfJobDefinition.tree();
    try {
      api.create(DEFINITIONS, "", definition);
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
    String name = definition.path("metadata").path("name").asString("");
    new Readiness(api).served(DEFINITIONS, name);
  }

  /** Stops everything; the lock goes last. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.endpoint());
    try (lock;
        cluster;
        nodes) {
      Operator running = operator.get();
      if (running != null) {
        running.operator.close();
        running.client.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("the TFJob operator did not start", e.getCause());
    }
  }
}
