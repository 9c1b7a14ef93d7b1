package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code mlk gpu verify} with Kubernetes' own API server, scheduler and Job controller: nodes,
 * device plugin and pods are ours, everything between them is not.
 */
@Tag("slow")
final class GpuVerifyOnKubernetesIT {
  private static final Map<String, String> OURS = Map.of("labelSelector", "mlk.dev/gpu-verify");
  private static final Resource BINDINGS =
      Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding");

  private static final Resource CLASSES =
      Resource.cluster("resource.k8s.io", "v1", "deviceclasses", "DeviceClass");
  private static final Resource SLICES =
      Resource.cluster("resource.k8s.io", "v1", "resourceslices", "ResourceSlice");
  private static final Resource TEMPLATES =
      Resource.namespaced(
          "resource.k8s.io", "v1", "resourceclaimtemplates", "ResourceClaimTemplate");

  private static Mlk mlk;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    List<String> options = Engine.options();
    mlk = new Mlk();
    mlk.ok(
        Stream.concat(
                Stream.of("cluster", "start", "--nodes", "2", "--gpus", "2"), options.stream())
            .toArray(String[]::new));
    Path folder = mlk.home().resolve(".mlk/clusters/practice");
    String socket =
        Json.read(mlk.text(folder.resolve("endpoint.json"))).path("socket").asString("");
    api = new ApiClient(new HttpTransport(Endpoint.unix(Path.of(socket))), "test");
    api.create(
        BINDINGS,
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
  }

  @AfterAll
  static void stop() throws Exception {
    if (api != null) {
      api.close();
    }
    if (mlk != null) {
      mlk.close();
    }
  }

  /** The garbage collector takes a Job's pod a moment after the Job. */
  @AfterEach
  void nothingIsLeft() {
    Mlk.await("nothing of the run", GpuVerifyOnKubernetesIT::gone);
  }

  private static boolean gone() {
    return api.list(Resources.JOBS, "", OURS).path("items").isEmpty()
        && api.list(Resources.PODS, "", OURS).path("items").isEmpty();
  }

  @Test
  void everyGpuOfEveryNodeIsVerified() throws Exception {
    Mlk.Result result = mlk.run("gpu", "verify", "-o", "json");
    JsonNode document = Json.read(result.out());
    assertThat(result.code()).as(result.all()).isZero();
    assertThat(document.path("gpus")).hasSize(4);
    assertThat(document.path("gpus"))
        .allMatch(gpu -> gpu.path("product").asString("").equals("right"))
        .allMatch(gpu -> gpu.path("simulated").asBoolean(false));
    assertThat(document.at("/counts/FAIL").asInt(-1)).isZero();
  }

  /** The driver is the test: it offers devices, and the node agent gives out what was allocated. */
  @Test
  void devicesOfADriverAreAskedForByClaimsAndTheTemplateGoesWithTheJob() throws Exception {
    api.create(
        CLASSES,
        "",
        Json.read(
            """
            {"apiVersion": "resource.k8s.io/v1", "kind": "DeviceClass",
             "metadata": {"name": "gpu.nvidia.com"},
             "spec": {"selectors": [{"cel": {"expression": "device.driver == 'gpu.nvidia.com'"}}]}}
            """));
    api.create(
        SLICES,
        "",
        Json.read(
            """
            {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceSlice",
             "metadata": {"name": "node-1-gpus"},
             "spec": {"driver": "gpu.nvidia.com", "nodeName": "node-1",
              "pool": {"name": "node-1", "generation": 1, "resourceSliceCount": 1},
              "devices": [{"name": "gpu-0", "attributes": {"type": {"string": "gpu"}}},
                          {"name": "gpu-1", "attributes": {"type": {"string": "gpu"}}}]}}
            """));
    try {
      Mlk.Result result = mlk.run("gpu", "verify", "--node", "node-1", "-o", "json");
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(Json.read(result.out()).path("gpus").valueStream())
          .filteredOn(gpu -> gpu.path("resource").asString("").endsWith("/gpu.nvidia.com"))
          .hasSize(2)
          .allMatch(gpu -> gpu.path("product").asString("").equals("right"))
          .extracting(gpu -> gpu.path("uuid").asString(""))
          .doesNotHaveDuplicates()
          .allMatch(id -> id.startsWith("GPU-"));
      Mlk.await("no template", () -> api.list(TEMPLATES, "", OURS).path("items").isEmpty());
    } finally {
      api.delete(SLICES, "", "node-1-gpus", Json.object());
      api.delete(CLASSES, "", "gpu.nvidia.com", Json.object());
    }
  }

  @Test
  void whoHasRightsInOneNamespaceOnlyHasOneGpuVerified() throws Exception {
    Mlk.Result result = mlk.run("gpu", "verify", "--as", "learner", "-o", "json");
    JsonNode document = Json.read(result.out());
    assertThat(result.code()).as(result.all()).isZero();
    assertThat(document.path("gpus")).hasSize(1);
    assertThat(document.at("/gpus/0/node").asString("")).startsWith("node-");
    assertThat(result.out()).contains("you may not list nodes: one GPU is verified");
  }

  @Test
  void whoHasNoRightsIsToldWhichIsMissingAndNothingIsRun() throws Exception {
    Mlk.Result result = mlk.run("gpu", "verify", "--as", "stranger");
    assertThat(result.code()).as(result.all()).isZero();
    assertThat(result.out()).contains("you may not create jobs.batch -n default");
  }

  @Test
  void ctrlCTakesThePodsAway() throws Exception {
    try (Mlk.Running running = mlk.start("gpu", "verify")) {
      Mlk.await(
          "a pod of the run",
          () ->
              !api.list(Resources.PODS, "", OURS).path("items").isEmpty()
                  || !running.process().isAlive());
      Interrupt.send(running.process());
      assertThat(running.end().code()).isEqualTo(130);
    }
  }
}
