package dev.mlk.practice;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes from {@code start()} to the first answered request, and to close again: the
 * first time in a JVM, and as the median of twenty more. For {@code docs/embedded.md}.
 */
final class DoorFigures {
  private static final int MORE = 20;

  private DoorFigures() {}

  record Round(long startMillis, long closeMillis) {
    static Round of(int nodes) throws IOException {
      long begin = System.nanoTime();
      PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(nodes));
      try (ApiClient client =
          new ApiClient(new HttpTransport(Endpoint.unix(cluster.socket())), "figures")) {
        client.get(Resources.NAMESPACES, "", "default");
      }
      long answered = System.nanoTime();
      cluster.close();
      return new Round((answered - begin) / 1_000_000, (System.nanoTime() - answered) / 1_000_000);
    }
  }

  public static void main(String[] args) throws IOException {
    for (int nodes : new int[] {1, 0}) {
      Round first = Round.of(nodes);
      List<Long> starts = new ArrayList<>();
      List<Long> closes = new ArrayList<>();
      for (int i = 0; i < MORE; i++) {
        Round round = Round.of(nodes);
        starts.add(round.startMillis());
        closes.add(round.closeMillis());
      }
      starts.sort(null);
      closes.sort(null);
      System.out.printf(
          "%d nodes: first start %d ms, close %d ms; then median start %d ms, close %d ms%n",
          nodes,
          first.startMillis(),
          first.closeMillis(),
          starts.get(MORE / 2),
          closes.get(MORE / 2));
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    try (PracticeCluster cluster = PracticeCluster.start()) {
      System.gc();
      System.out.printf(
          "heap in use with %s running: %d MiB%n",
          cluster.server(), (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
  }
}
