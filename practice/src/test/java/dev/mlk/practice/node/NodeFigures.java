package dev.mlk.practice.node;

import dev.mlk.kube.Informer;
import dev.mlk.kube.Resources;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the node agent on the built-in API server and prints what it finds; not a test. Run by
 * hand: {@code java -cp <test class path> dev.mlk.practice.node.NodeFigures [simulated pods]}.
 */
final class NodeFigures {
  private static final int RUNS = 21;

  private NodeFigures() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    int pods = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    Path folder = Files.createTempDirectory("node-figures");
    try (TestCluster cluster = TestCluster.start(folder)) {
      processes(cluster, out);
      idle(cluster, out);
      simulated(cluster, pods, out);
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private static void processes(TestCluster cluster, PrintStream out) {
    long[] running = new long[RUNS];
    long[] ended = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      String name = "run-" + i;
      long begin = System.nanoTime();
      cluster.pod(name, "{containers: [{name: main, image: busybox, command: [sleep, '1000']}]}");
      cluster.awaitPhase(name, "Running");
      running[i] = System.nanoTime() - begin;
      begin = System.nanoTime();
      cluster.delete(name, 30);
      cluster.awaitGone(name);
      ended[i] = System.nanoTime() - begin;
    }
    out.println("pod created to Running, ms, median: " + median(running) / 1e6);
    out.println("pod deleted to gone, ms, median: " + median(ended) / 1e6);
  }

  private static void idle(TestCluster cluster, PrintStream out) {
    int real = 20;
    long memory = used();
    for (int i = 0; i < real; i++) {
      cluster.pod(
          "idle-" + i, "{containers: [{name: main, image: busybox, command: [sleep, '1000']}]}");
    }
    for (int i = 0; i < real; i++) {
      cluster.awaitPhase("idle-" + i, "Running");
    }
    out.println("heap more for each real pod, KiB: " + (used() - memory) / 1024 / real);
    var system =
        (com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long begin = System.nanoTime();
    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000_000L);
    double share = (system.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begin);
    out.println(
        "processor use with " + real + " idle real pods, %: " + Math.round(share * 1000) / 10.0);
    for (int i = 0; i < real; i++) {
      cluster.delete("idle-" + i, 30);
    }
  }

  private static void simulated(TestCluster cluster, int pods, PrintStream out) throws Exception {
    Set<String> running = ConcurrentHashMap.newKeySet();
    try (var informers = new dev.mlk.kube.Informers(cluster.api())) {
      informers
          .on(Resources.PODS)
          .onChange(
              (change, _, pod) -> {
                if (change != Informer.Change.DELETED
                    && pod.path("status").path("phase").asString("").equals("Running")) {
                  running.add(pod.path("metadata").path("name").asString(""));
                }
              });
      long memory = used();
      int threads = Thread.activeCount();
      long begin = System.nanoTime();
      for (int i = 0; i < pods; i++) {
        cluster.pod("simulated-" + i, "{containers: [{name: main, image: mlk/simulated}]}");
      }
      long created = System.nanoTime() - begin;
      Await.until("all run", () -> running.size() >= pods);
      long all = System.nanoTime() - begin;
      out.println(pods + " simulated pods created in ms: " + created / 1_000_000);
      out.println(pods + " simulated pods Running after ms: " + all / 1_000_000);
      out.println("platform threads more: " + (Thread.activeCount() - threads));
      out.println("heap more, MiB: " + (used() - memory) / (1 << 20));
      int size =
          JsonMapper.shared()
              .writeValueAsBytes(cluster.api().get(Resources.PODS, "default", "simulated-0"))
              .length;
      out.println("bytes of one such pod: " + size);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
