package dev.mlk.benchmarks;

import dev.mlk.kube.ApiClient.PatchType;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.node.ObjectNode;

/** Changes of one pod, each on disk before its answer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class Writes {
  private static final String POD = Resources.PODS.path("default", "pod-0");
  private int number;

  private String annotation() {
    return "{\"metadata\":{\"annotations\":{\"number\":\"" + number++ + "\"}}}";
  }

  /** A JSON merge patch. */
  @Benchmark
  public ObjectNode mergePatch(Cluster cluster) {
    return cluster.client().patch(POD, PatchType.MERGE, Cluster.json(annotation()));
  }

  /** A strategic merge patch. */
  @Benchmark
  public ObjectNode strategicMergePatch(Cluster cluster) {
    return cluster.client().patch(POD, PatchType.STRATEGIC, Cluster.json(annotation()));
  }

  /** Server-side apply of an annotation, with managed fields. */
  @Benchmark
  public long apply(Cluster cluster) throws IOException {
    String body =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"pod-0\",\"annotations\":{\"number\":\""
            + number++
            + "\"}}}";
    return cluster.length(
        Request.of("PATCH", POD)
            .query("fieldManager", "benchmark")
            .query("force", "true")
            .body("application/apply-patch+yaml", body.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reading it, for comparison. */
  @Benchmark
  public long get(Cluster cluster) throws IOException {
    return cluster.length(Request.of("GET", POD));
  }
}
