package dev.mlk.benchmarks;

import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Lists from the request to their last byte. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Lists {
  private static final Request ALL = Request.of("GET", Resources.PODS.path("default"));

  /** All pods as JSON. */
  @Benchmark
  public long whole(Cluster cluster) throws IOException {
    return cluster.length(ALL);
  }

  /** All pods as the rows that kubectl shows. */
  @Benchmark
  public long table(Cluster cluster) throws IOException {
    return cluster.length(ALL.header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
  }

  /** One pod of a hundred. */
  @Benchmark
  public long byLabel(Cluster cluster) throws IOException {
    return cluster.length(ALL.query("labelSelector", "shard=7"));
  }

  /** None of them. */
  @Benchmark
  public long byField(Cluster cluster) throws IOException {
    return cluster.length(ALL.query("fieldSelector", "spec.nodeName=none"));
  }

  /** All of them in pages of 500, as kubectl asks for them; the pages are read as trees. */
  @Benchmark
  public int pages(Cluster cluster) {
    int count = 0;
    String next = "";
    do {
      var page =
          cluster
              .client()
              .list(Resources.PODS, "default", Map.of("limit", "500", "continue", next));
      count += page.path("items").size();
      next = page.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    return count;
  }
}
