package dev.mlk.gpu.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.cluster.PracticeInProcess.Result;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code mlk gpu verify} on the practice cluster, as a user runs it. */
final class GpuVerifyCommandTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;
  private static ApiClient api;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    Path socket = home.resolve(".mlk/clusters/practice/api.sock");
    api = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test");
  }

  @AfterAll
  static void stop() throws IOException {
    api.close();
    cluster.close();
  }

  @AfterEach
  void nothingIsLeft() {
    Map<String, String> ours = Map.of("labelSelector", SmokeJob.RUN);
    assertThat(api.list(Resources.JOBS, "", ours).path("items")).isEmpty();
    assertThat(api.list(Resources.PODS, "", ours).path("items")).isEmpty();
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static void patch(String node, String patch) {
    api.patch(Resources.NODES.path("", node), ApiClient.PatchType.MERGE, Json.read(patch));
  }

  @Test
  void aSimulatedGpuIsVerifiedAndCalledSimulated() throws IOException {
    Result result = cluster.run("gpu", "verify", "--node", "node-1", "-o", "json");
    JsonNode document = Json.read(result.out());
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(document.path("kind").asString("")).isEqualTo("GpuVerification");
    assertThat(document.path("gpus")).hasSize(1);
    JsonNode gpu = document.path("gpus").path(0);
    assertThat(gpu.path("node").asString("")).isEqualTo("node-1");
    assertThat(gpu.path("product").asString("")).isEqualTo("right");
    assertThat(gpu.path("simulated").asBoolean(false)).isTrue();
    assertThat(gpu.path("uuid").asString("")).startsWith("GPU-");
    assertThat(document.path("counts").path("FAIL").asInt(-1)).isZero();
    assertThat(document.path("items"))
        .filteredOn(item -> item.path("check").asString("").equals("gpu.product"))
        .allMatch(item -> item.path("seen").asString("").startsWith("simulated: "));
  }

  @Test
  void anImageThatIsNotThereEndsItAtOnceWithTheCause() throws IOException {
    Result result =
        cluster.run("gpu", "verify", "--image", "nobody/knows:1", "-o", "junit=gpus.xml");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("node.run", "FAIL", "nobody/knows:1 cannot be pulled (");
    assertThat(Files.readString(home.resolve("gpus.xml")))
        .contains("classname=\"mlk.gpu.verify.node\"", "node.run node/node-2");
  }

  @Test
  void whoMayNothingIsToldWhichRightIsMissing() {
    Result result = cluster.run("gpu", "verify", "--as", "somebody");
    assertThat(result.out())
        .contains("you may not list nodes", "you may not create jobs.batch -n default");
    assertThat(result.code()).as(result.err()).isZero();
  }

  @Test
  void whoMayUseOneNamespaceOnlyHasOneGpuVerified() {
    Resource bindings =
        Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");
    api.create(
        bindings,
        "default",
        Json.read(
            """
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
             "metadata": {"name": "learner"},
             "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
               "name": "edit"},
             "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User",
               "name": "learner"}]}
            """));
    Result result = cluster.run("gpu", "verify", "--as", "learner", "-o", "json");
    JsonNode document = Json.read(result.out());
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    assertThat(document.path("gpus")).hasSize(1);
    assertThat(document.at("/gpus/0/node").asString("")).startsWith("node-");
    assertThat(result.out()).contains("you may not list nodes: one GPU is verified");
  }

  @Test
  void busyCordonedAndBrokenNodesAreNamedAndNotWaitedFor() {
    ObjectNode pod =
        (ObjectNode)
            Json.read(
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "holder"},
                 "spec": {"nodeName": "node-1", "containers": [{"name": "c",
                   "image": "mlk/simulated", "resources": {"limits": {"nvidia.com/gpu": "1"}}}]}}
                """);
    api.create(Resources.PODS, "default", pod);
    patch("node-2", "{\"spec\": {\"unschedulable\": true}}");
    patch("node-3", "{\"metadata\": {\"annotations\": {\"mlk.dev/ready\": \"false\"}}}");
    await(() -> !dev.mlk.facts.Nodes.ready(api.get(Resources.NODES, "", "node-3")));
    try {
      Result result = cluster.run("gpu", "verify", "-o", "wide");
      assertThat(result.out())
          .contains("node-1: 1 of 1 nvidia.com/gpu held by default/holder: nothing to verify now")
          .contains("node-2: cordoned: takes no new pods")
          .contains("node-3: NotReady: made not ready by the annotation mlk.dev/ready");
      assertThat(result.code()).isEqualTo(1);
    } finally {
      api.delete(Resources.PODS, "default", "holder", Json.object().put("gracePeriodSeconds", 0));
      patch("node-2", "{\"spec\": {\"unschedulable\": null}}");
      patch("node-3", "{\"metadata\": {\"annotations\": {\"mlk.dev/ready\": null}}}");
      await(() -> dev.mlk.facts.Nodes.ready(api.get(Resources.NODES, "", "node-3")));
    }
  }

  @Test
  void gpusOfADraDriverAreNamedAndNotCalledMissing() throws IOException {
    for (Object one :
        (List<?>) new Load(LoadSettings.builder().build()).loadFromString(text("dra-kinds.yaml"))) {
      api.create(Resources.CUSTOM_RESOURCES, "", JsonMapper.shared().valueToTree(one));
    }
    Resource slices = Resource.cluster("resource.k8s.io", "v1", "resourceslices", "ResourceSlice");
    api.create(
        Resources.NODES,
        "",
        Json.read(
            """
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "dra-1",
             "labels": {"nvidia.com/gpu.present": "true"}}}
            """));
    JsonNode slice =
        Json.read(
            """
            {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceSlice",
             "metadata": {"name": "dra-1"},
             "spec": {"driver": "gpu.nvidia.com", "nodeName": "dra-1", "pool": {"name": "dra-1"},
              "devices": [{"name": "gpu-0", "attributes": {"type": {"string": "gpu"}}}]}}
            """);
    await(() -> created(slices, slice));
    Result result = cluster.run("gpu", "verify", "--node", "dra-1", "-o", "wide");
    assertThat(result.out())
        .contains("dra-1: offers 1 deviceclass.resource.kubernetes.io/gpu.nvidia.com")
        .contains("NotReady");
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(1);
    api.deleteIfThere(Resources.NODES, "", "dra-1");
    api.deleteIfThere(slices, "", "dra-1");
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of("src/test/resources/gpu", file));
  }

  private static boolean created(Resource resource, JsonNode object) {
    try {
      api.create(resource, "", object);
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  @Test
  void aNodeThatIsNotThereAndOptionsThatExcludeEachOtherAreRefused() {
    Result result = cluster.run("gpu", "verify", "--node", "node-9");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("no node is called \"node-9\"", "node-1, node-2, node-3");
    assertThat(cluster.run("gpu", "verify", "--node", "node-1", "--all").code()).isEqualTo(2);
  }
}
