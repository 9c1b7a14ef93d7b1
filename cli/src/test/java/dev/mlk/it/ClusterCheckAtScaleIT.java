package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code mlk cluster check} and {@code mlk gpu top} on 500 nodes and 10,000 pods: few requests, and
 * the time is printed.
 */
@Tag("slow")
final class ClusterCheckAtScaleIT {
  private static final int NODES = 500;
  private static final int PODS = 10_000;

  @Test
  void askingFewTimesIsEnoughForTenThousandPods() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start", "--nodes", "0");
      Path socket = mlk.home().resolve(".mlk/clusters/practice/api.sock");
      try (ApiClient client = new ApiClient(new HttpTransport(Endpoint.unix(socket)), "load")) {
        fill(client);
      }
      measure(mlk, "cluster check", "1500of2000GPUsfree", "cluster", "check", "-o", "json");
      measure(mlk, "gpu top", "\"allocated\":500,", "gpu", "top", "-A", "-o", "json");
    }
  }

  private static void measure(Mlk mlk, String what, String says, String... command)
      throws InterruptedException {
    List<Long> millis = new ArrayList<>();
    int requests = 0;
    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      Mlk.Result result = mlk.run(command);
      millis.add((System.nanoTime() - start) / 1_000_000);
      JsonNode document = Json.read(result.out());
      requests = document.path("requests").asInt(99);
      assertThat(requests).isLessThan(40);
      assertThat(result.out().replace(" ", "")).contains(says);
    }
    System.out.println(
        what + ", " + NODES + " nodes, " + PODS + " pods: " + requests + " requests, ms " + millis);
  }

  private static void fill(ApiClient client) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        String name = "node-" + i;
        all.add(threads.submit(() -> node(client, name)));
      }
      for (int i = 0; i < PODS; i++) {
        int number = i;
        all.add(threads.submit(() -> pod(client, number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void node(ApiClient client, String name) {
    ObjectNode node = start(Resources.NODES, name);
    ((ObjectNode) node.path("metadata"))
        .putObject("labels")
        .put("nvidia.com/gpu.present", "true")
        .put("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-40GB");
    client.create(Resources.NODES, "", node);
    ObjectNode patch = Json.object();
    ObjectNode status = patch.putObject("status");
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    for (String list : List.of("capacity", "allocatable")) {
      status.putObject(list).put("cpu", "32").put("nvidia.com/gpu", "4").put("pods", "110");
    }
    client.patch(Resources.NODES.path("", name, "status"), ApiClient.PatchType.STRATEGIC, patch);
  }

  private static void pod(ApiClient client, int number) {
    ObjectNode pod = start(Resources.PODS, "pod-" + number);
    ObjectNode spec = pod.putObject("spec").put("nodeName", "node-" + number % NODES);
    ObjectNode container =
        spec.putArray("containers").addObject().put("name", "main").put("image", "mlk/mnist:0.1");
    container.putArray("args").add("--steps=1000").add("--batch-size=64").add("--model=cnn");
    ObjectNode limits = container.putObject("resources").putObject("limits");
    limits.put("cpu", "1").put("memory", "1Gi");
    if (number < NODES) {
      limits.put("nvidia.com/gpu", "1");
    }
    client.create(Resources.PODS, "default", pod);
  }

  private static ObjectNode start(Resource resource, String name) {
    ObjectNode object =
        Json.object().put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
    object.putObject("metadata").put("name", name);
    return object;
  }
}
