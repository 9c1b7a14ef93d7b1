package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code mlk gpu top} beside an exporter: a pod whose process serves what a DCGM exporter of a DGX
 * said, asked through the API server's proxy, and the metrics API of the practice cluster.
 */
@Tag("slow")
final class DcgmOnPracticeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir private static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    Path socket = home.resolve(".mlk/clusters/practice/api.sock");
    try (ApiClient client = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test")) {
      client.create(Resources.CONFIG_MAPS, "default", metrics());
      client.create(Resources.PODS, "default", exporter());
      for (String name : List.of("train", "notebook")) {
        client.create(Resources.PODS, "default", holder(name));
      }
      ObjectNode reader = named("rbac.authorization.k8s.io/v1", "ClusterRole", "reader");
      ObjectNode rule = reader.putArray("rules").addObject();
      rule.putArray("apiGroups").add("");
      rule.putArray("resources").add("pods").add("nodes");
      rule.putArray("verbs").add("list");
      client.create(role("clusterroles", "ClusterRole"), "", reader);
      ObjectNode binding = named("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "reader");
      binding
          .putObject("roleRef")
          .put("apiGroup", "rbac.authorization.k8s.io")
          .put("kind", "ClusterRole")
          .put("name", "reader");
      binding
          .putArray("subjects")
          .addObject()
          .put("apiGroup", "rbac.authorization.k8s.io")
          .put("kind", "User")
          .put("name", "bob");
      client.create(role("clusterrolebindings", "ClusterRoleBinding"), "", binding);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static Resource role(String plural, String kind) {
    return Resource.cluster("rbac.authorization.k8s.io", "v1", plural, kind);
  }

  private static ObjectNode named(String apiVersion, String kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode metrics() throws IOException {
    ObjectNode map = named("v1", "ConfigMap", "recorded");
    try (InputStream in = DcgmOnPracticeTest.class.getResourceAsStream("/gpu/dcgm-dgx.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      map.putObject("data").put("metrics", text);
    }
    return map;
  }

  private static ObjectNode exporter() {
    ObjectNode pod = named("v1", "Pod", "dcgm-exporter-x7k2p");
    ((ObjectNode) pod.path("metadata"))
        .putObject("labels")
        .put("app.kubernetes.io/name", "dcgm-exporter");
    ObjectNode spec = pod.putObject("spec").put("nodeName", "node-1");
    ObjectNode container =
        spec.putArray("containers").addObject().put("name", "exporter").put("image", "nginx");
    container.putArray("ports").addObject().put("name", "metrics").put("containerPort", 80);
    mount(container, "served", "/usr/share/nginx/html");
    // The JDK's server follows no links, of which the folder of a ConfigMap consists.
    ObjectNode copy =
        spec.putArray("initContainers").addObject().put("name", "copy").put("image", "busybox");
    copy.putArray("command").add("cp").add("/recorded/metrics").add("/served/metrics");
    mount(copy, "recorded", "/recorded");
    mount(copy, "served", "/served");
    ArrayNode volumes = spec.putArray("volumes");
    volumes.addObject().put("name", "served").putObject("emptyDir");
    ObjectNode recorded = volumes.addObject().put("name", "recorded");
    recorded.putObject("configMap").put("name", "recorded");
    return pod;
  }

  private static void mount(ObjectNode container, String volume, String path) {
    container
        .withArrayProperty("volumeMounts")
        .addObject()
        .put("name", volume)
        .put("mountPath", path);
  }

  private static ObjectNode holder(String name) {
    ObjectNode pod = named("v1", "Pod", name);
    String node = name.equals("train") ? "node-1" : "node-2";
    ObjectNode spec = pod.putObject("spec").put("nodeName", node);
    ObjectNode container =
        spec.putArray("containers").addObject().put("name", "main").put("image", "mlk/simulated");
    container.putArray("args").add("--cpu=1500m").add("--memory=1Gi");
    container.putObject("resources").putObject("limits").put("nvidia.com/gpu", "1");
    return pod;
  }

  private static String until(String wanted, String... command) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      PracticeInProcess.Result result = cluster.run(command);
      assertThat(result.code()).as(result.err()).isZero();
      if (result.out().contains(wanted)) {
        return result.out();
      }
      assertThat(System.nanoTime()).as("no " + wanted + " in:\n" + result.out()).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  @Test
  void useIsWhatTheExporterSaysThroughTheProxy() {
    String screen = until("93%", "gpu", "top");
    assertThat(screen)
        .contains("The GPUs are simulated")
        .containsPattern("node-1 +Tesla-T4 +1/1 +47% +131/320Gi")
        .containsPattern("train +node-1 +1 +93% +130/160Gi +-")
        .doesNotContain("no DCGM exporter");
  }

  @Test
  void cpuAndMemoryAreWhatTheMetricsApiSays() {
    String screen = until("1500m", "gpu", "top", "-o", "wide");
    assertThat(screen).containsPattern("1500m +1024Mi");
  }

  @Test
  void theBillSaysHowBusyGpusAreNowAndOfWhichNobodyTells() {
    String json = until("utilisationPercent", "usage", "-o", "json");
    JsonNode now = Json.read(json).at("/total/now");
    assertThat(now.path("gpus").asInt(0)).isEqualTo(2);
    assertThat(now.path("unknownGpus").asInt(-1)).isEqualTo(1);
    assertThat(now.path("utilisationPercent").asDouble(0)).isEqualTo(93);
    assertThat(until("93%", "usage", "-o", "wide")).contains("GPUS NOW", "UTIL NOW");
  }

  @Test
  void whoMayNotUseTheProxyIsToldTheRight() {
    String screen = until("get pods/proxy", "gpu", "top", "--as", "bob");
    assertThat(screen).contains("UTIL, GPU MEMORY: ", "you may not get pods/proxy in namespace");
  }
}
