package dev.mlk.benchmarks;

import dev.mlk.practice.api.selector.LabelSelector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Selectors against one object's labels, and how long it takes to read one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class Selectors {
  private static final String TEXT = "app=bench,shard in (7,8),tier!=db,!gone";
  private final LabelSelector selector = LabelSelector.parse(TEXT);
  private final Map<String, String> labels = Map.of("app", "bench", "shard", "8", "tier", "web");

  /** All conditions hold. */
  @Benchmark
  public boolean matches() {
    return selector.matchesLabels(labels::get);
  }

  /** From text. */
  @Benchmark
  public LabelSelector parse() {
    return LabelSelector.parse(TEXT);
  }
}
