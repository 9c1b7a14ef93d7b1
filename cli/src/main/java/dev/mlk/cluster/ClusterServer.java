package dev.mlk.cluster;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
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
  private final PracticeCluster cluster;
  private final ClusterInside inside;
  private final FutureTask<Operator> operator;

  private record Operator(KubernetesClient client, TfJobOperator operator) {}

  private ClusterServer(
      ClusterFolder folder,
      ClusterLock lock,
      PracticeCluster cluster,
      ClusterInside inside,
      FutureTask<Operator> operator) {
    this.folder = folder;
    this.lock = lock;
    this.cluster = cluster;
    this.inside = inside;
    this.operator = operator;
  }

  /**
   * Starts everything; when it returns, the cluster answers and its endpoint is noted.
   *
   * @param lock the cluster's lock, which is the server's from now on
   * @param images the folder of the image catalogue
   * @param searchPath the PATH of containers that run programs of this machine
   */
  static ClusterServer start(
      ClusterFolder folder, ClusterLock lock, Path images, String searchPath, Clock clock)
      throws IOException {
    ClusterSettings settings =
        ClusterSettings.read(folder.config()).orElse(ClusterSettings.DEFAULT);
    Instant started = clock.instant();
    PracticeCluster cluster =
        PracticeCluster.start(
            PracticeConfig.of(folder.name(), folder.path()).port(settings.port()).clock(clock));
    try {
      defineJobs(cluster);
      ClusterInside inside =
          ClusterInside.start(folder, settings, cluster, images, searchPath, clock);
      // fabric8 takes its time to load; who only wants the API need not wait for it.
      FutureTask<Operator> operator =
          new FutureTask<>(() -> settings.operator() ? operator(cluster, clock) : null);
      Thread.ofPlatform().daemon().name("operator-start").start(operator);
      new RunningCluster(cluster.socket(), cluster.server(), ProcessHandle.current().pid(), started)
          .write(folder);
      return new ClusterServer(folder, lock, cluster, inside, operator);
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Operator operator(PracticeCluster cluster, Clock clock) {
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

  private static void defineJobs(PracticeCluster cluster) {
    ApiClient api = new ApiClient(cluster.transport(), "mlk/0.1.0");
    try {
      api.create(DEFINITIONS, "", TfJobDefinition.tree());
    } catch (ApiException e) {
      if (!e.conflict()) {
        throw e;
      }
    }
  }

  /** Stops everything; the lock goes last. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.endpoint());
    try (lock;
        cluster;
        inside) {
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
