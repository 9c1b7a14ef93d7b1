package dev.mlk.practice.scheduler;

import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Prints how fast pods get their nodes: {@code SchedulerFigures PODS NODES}. */
final class SchedulerFigures {
  private SchedulerFigures() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int pods = Integer.parseInt(arguments[0]);
    int nodes = Integer.parseInt(arguments[1]);
    try (TestCluster cluster = TestCluster.start(Files.createTempDirectory("figures"))) {
      cluster.namespace("ns");
      for (int i = 0; i < nodes; i++) {
        cluster.node("node-" + i, "", "");
        cluster
            .client()
            .patch(
                Resources.NODES.path("", "node-" + i, "status"),
                dev.mlk.kube.ApiClient.PatchType.MERGE,
                TestCluster.json(
                    "{status: {allocatable: {cpu: '100000', pods: '100000', 'nvidia.com/gpu': '8'}}}"));
      }
      long before = version(cluster);
      long start = System.nanoTime();
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int i = 0; i < pods; i++) {
          String name = "pod-" + i;
          threads.execute(
              () ->
                  cluster.create(
                      Resources.PODS,
                      "ns",
                      "{metadata: {name: '"
                          + name
                          + "'}, spec: {containers: [{name: 'main', image: 'mlk/simulated', resources: {requests: {cpu: '100m'}}}]}}"));
        }
      }
      long created = System.nanoTime();
      TestCluster.await(
          () ->
              cluster.cluster().informers().on(Resources.PODS).in("ns").stream()
                  .filter(pod -> TestCluster.text(pod, "spec", "nodeName").isEmpty())
                  .count(),
          left -> left == 0);
      long bound = System.nanoTime();
      long settled =
          TestCluster.await(() -> version(cluster), now -> now - before >= 3L * pods) - before;
      System.out.printf(
          "%d pods, %d nodes: created in %.2f s, all bound %.2f s after the first create (%.0f pods/s), %.2f writes per pod%n",
          pods,
          nodes,
          (created - start) / 1e9,
          (bound - start) / 1e9,
          pods / ((bound - start) / 1e9),
          (double) settled / pods);
    }
  }

  private static long version(TestCluster cluster) {
    return Long.parseLong(
        cluster
            .client()
            .list(Resources.CONFIG_MAPS, "kube-public", java.util.Map.of())
            .path("metadata")
            .path("resourceVersion")
            .asString("0"));
  }
}
