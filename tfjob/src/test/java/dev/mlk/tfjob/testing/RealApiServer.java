package dev.mlk.tfjob.testing;

import dev.mlk.practice.KubernetesCluster;
import dev.mlk.practice.KubernetesConfig.Parts;
import dev.mlk.practice.testing.RealPrograms;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Kubernetes' own etcd and kube-apiserver, without controllers, scheduler or nodes. */
public final class RealApiServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final KubernetesCluster cluster;

  private RealApiServer(Path folder, KubernetesCluster cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /** Starts both; skips the running test, and says so, when nobody named the programs. */
  public static RealApiServer start() throws IOException {
    RealPrograms.needed();
    Path folder = Files.createTempDirectory("mlk-apiserver");
    return new RealApiServer(folder, RealPrograms.start(folder, Parts.NONE));
  }

  /** Kills the API server and waits until it has been started again, on the same port and data. */
  public void restart() throws IOException {
    String before = pid();
    ProcessHandle.of(Long.parseLong(before)).ifPresent(ProcessHandle::destroyForcibly);
    try (KubernetesClient client = client()) {
      Eventually.within(
          PATIENCE, "the API server is ready again", () -> !pid().equals(before) && ready(client));
    }
  }

  private String pid() {
    try {
      return Files.readString(folder.resolve("control-plane/kube-apiserver.pid"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean ready(KubernetesClient client) {
    try {
      return "ok".equals(client.raw("/readyz"));
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** A client with all rights. */
  public KubernetesClient client() {
    return builder().build();
  }

  /** The same, before it is built. */
  public KubernetesClientBuilder builder() {
    Config config = Config.fromKubeconfig(cluster.kubeconfig());
    config.setRequestRetryBackoffLimit(0);
    return new KubernetesClientBuilder().withConfig(config);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    }
  }
}
