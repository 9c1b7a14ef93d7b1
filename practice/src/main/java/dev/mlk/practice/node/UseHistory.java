package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.node.process.ProcessUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The measurements of one container's process over a window of time. */
final class UseHistory {
  /** As long as a kubelet's metrics are usually apart. */
  static final Duration WINDOW = Duration.ofSeconds(15);

  /** A rate over less is chance. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final long NANOS = 1_000_000_000;

  /** Processor time used up to a moment, which also a clock tells that nobody sets. */
  private record Point(Instant time, long nanoTime, long cpuNanos) {}

  private final Deque<Point> points = new ArrayDeque<>();
  private long lastCpu;
  private long memory;

  /** Takes a measurement. */
  synchronized void add(ProcessUse use, Instant time, long nanoTime) {
    long total = points.isEmpty() ? 0 : points.getLast().cpuNanos();
    if (!points.isEmpty()) {
      // What an ended child has used is gone from the sum; that is no negative use.
      total += Math.max(0, use.cpuNanos() - lastCpu);
    }
    lastCpu = use.cpuNanos();
    memory = use.memory();
    points.addLast(new Point(time, nanoTime, total));
    while (nanoTime - points.getFirst().nanoTime() > WINDOW.toNanos()) {
      points.removeFirst();
    }
  }

  /** What was used over the window; empty until it is long enough. */
  synchronized Optional<Measured> measured() {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Point first = points.getFirst();
    Point last = points.getLast();
    long span = last.nanoTime() - first.nanoTime();
    if (span < SHORTEST.toNanos()) {
      return Optional.empty();
    }
    long rate = Math.round((double) NANOS * (last.cpuNanos() - first.cpuNanos()) / span);
    Duration window = Duration.ofMillis(Math.round(span / 1e6));
    return Optional.of(new Measured(rate, memory, last.time(), window, false));
  }
}
