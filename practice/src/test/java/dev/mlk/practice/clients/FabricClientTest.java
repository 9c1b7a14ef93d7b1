package dev.mlk.practice.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators of the fabric8 client build on. */
@Tag("slow")
final class FabricClientTest {
  private static PracticeCluster cluster;
  private static KubernetesClient client;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(1));
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels("watched", "yes")
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  @Test
  void aSharedInformerListsWatchesAndResynchronizes() {
    client.resource(map("before", "1")).create();
    List<String> seen = new CopyOnWriteArrayList<>();
    try (SharedIndexInformer<ConfigMap> informer =
        client
            .configMaps()
            .inNamespace("default")
            .withLabel("watched", "yes")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap map) {
                    seen.add("added " + map.getMetadata().getName());
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap now) {
                    boolean same =
                        before
                            .getMetadata()
                            .getResourceVersion()
                            .equals(now.getMetadata().getResourceVersion());
                    seen.add((same ? "resynced " : "updated ") + now.getMetadata().getName());
                  }

                  @Override
                  public void onDelete(ConfigMap map, boolean unknown) {
                    seen.add("deleted " + map.getMetadata().getName());
                  }
                },
                1000)) {
      TestCluster.await(() -> seen, all -> all.contains("added before"));
      client.resource(map("later", "1")).create();
      TestCluster.await(() -> seen, all -> all.contains("added later"));
      client.resource(map("later", "2")).fieldManager("t").forceConflicts().serverSideApply();
      TestCluster.await(() -> seen, all -> all.contains("updated later"));
      TestCluster.await(() -> seen, all -> all.contains("resynced before"));
      client.configMaps().inNamespace("default").withName("later").delete();
      TestCluster.await(() -> seen, all -> all.contains("deleted later"));
      assertThat(informer.getStore().listKeys())
          .contains("default/before")
          .doesNotContain("default/later");
    }
  }

  @Test
  void serverSideApplyTellsConflictsAndForcesThem() {
    client.resource(map("applied", "one")).fieldManager("first").serverSideApply();
    try {
      client.resource(map("applied", "two")).fieldManager("second").serverSideApply();
      throw new AssertionError("no conflict");
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(409);
      assertThat(e.getMessage()).contains("conflict with \"first\": .data.key");
    }
    assertThat(
            client
                .resource(map("applied", "two"))
                .fieldManager("second")
                .forceConflicts()
                .serverSideApply()
                .getData())
        .isEqualTo(Map.of("key", "two"));
  }

  @Test
  void ofTwoCandidatesOneLeadsAndTheOtherTakesOver() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    CompletableFuture<?> leader = elector("first", first).start();
    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("first");
    CompletableFuture<?> follower = elector("second", second).start();
    assertThat(second).isNotDone();
    leader.cancel(true);
    assertThat(second.get(60, TimeUnit.SECONDS)).isEqualTo("second");
    follower.cancel(true);
  }

  private static LeaderElector elector(String name, CompletableFuture<String> leads) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("election")
                .withLeaseDuration(Duration.ofSeconds(3))
                .withRenewDeadline(Duration.ofSeconds(2))
                .withRetryPeriod(Duration.ofMillis(200))
                .withReleaseOnCancel(true)
                .withLock(new LeaseLock("default", "election", name))
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leads.complete(name), () -> {}, _ -> {}))
                .build())
        .build();
  }

  @Test
  void commandsRunInPodsAndLogsAreFollowed() throws Exception {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName("shell")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("busybox")
                .withCommand("sh", "-c", "echo up; exec sleep 1000")
                .endContainer()
                .endSpec()
                .build())
        .create();
    var pod = client.pods().inNamespace("default").withName("shell");
    pod.waitUntilReady(60, TimeUnit.SECONDS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ExecWatch exec = pod.writingOutput(out).exec("sh", "-c", "echo hello; exit 3")) {
      assertThat(exec.exitCode().get(60, TimeUnit.SECONDS)).isEqualTo(3);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n");
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (LogWatch _ = pod.watchLog(log)) {
      TestCluster.await(() -> log.toString(StandardCharsets.UTF_8), "up\n"::equals);
    }
    pod.withGracePeriod(0).delete();
  }
}
