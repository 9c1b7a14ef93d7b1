package dev.mlk.practice.node;

import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.ProcessUse;
import dev.mlk.practice.node.process.Processes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Measures what containers use, every two seconds, or twice a second while one of them has a limit
 * of memory, and ends those that use more than their limit.
 */
final class UsageSampler {
  private static final System.Logger LOG = System.getLogger(UsageSampler.class.getName());
  private static final Duration LIMITED = Duration.ofMillis(500);
  private static final Duration UNLIMITED = Duration.ofSeconds(2);

  /** Half of what a new measurement says, half of what was known. */
  private static final double WEIGHT = 0.5;

  private record Before(long cpuNanos, long nanoTime) {}

  private final Ticker ticker;
  private final ExecutorService executor;
  private final Processes processes;
  private final Supplier<Collection<PodWorker>> workers;
  private final Map<LocalProcess, Before> before = new HashMap<>();
  private final Map<LocalProcess, Usage> uses = new ConcurrentHashMap<>();
  private volatile boolean closed;
  private volatile boolean limited = true;

  UsageSampler(
      Ticker ticker,
      ExecutorService executor,
      Processes processes,
      Supplier<Collection<PodWorker>> workers) {
    this.ticker = ticker;
    this.executor = executor;
    this.processes = processes;
    this.workers = workers;
  }

  void start() {
    if (!closed) {
      ticker.after(limited ? LIMITED : UNLIMITED, () -> executor.execute(this::sample));
    }
  }

  void close() {
    closed = true;
  }

  private void sample() {
    try {
      look();
    } catch (RuntimeException e) {
      // A process table read at a bad moment must not be the last one.
      LOG.log(System.Logger.Level.WARNING, "the use of containers could not be measured", e);
    } finally {
      start();
    }
  }

  private void look() {
    Map<LocalProcess, Run> runs = new HashMap<>();
    for (PodWorker worker : workers.get()) {
      for (ContainerSlot slot : worker.containers().all()) {
        slot.run.ifPresent(run -> look(run, runs));
      }
    }
    limited = runs.isEmpty() || runs.values().stream().anyMatch(run -> run.memoryLimit() > 0);
    Map<LocalProcess, ProcessUse> measured = processes.measure(runs.keySet());
    long now = System.nanoTime();
    measured.forEach(
        (process, use) -> {
          Run run = runs.get(process);
          note(process, use, now);
          if (run.memoryLimit() > 0 && use.memory() > run.memoryLimit()) {
            executor.execute(run.workload()::killForMemory);
          }
        });
    before.keySet().retainAll(measured.keySet());
    uses.keySet().retainAll(measured.keySet());
  }

  private static void look(Run run, Map<LocalProcess, Run> runs) {
    run.workload().process().ifPresent(process -> runs.put(process, run));
    boolean tooMuch =
        run.workload()
            .simulatedUse()
            .filter(use -> run.memoryLimit() > 0 && use.memory() > run.memoryLimit())
            .isPresent();
    if (tooMuch) {
      run.workload().killForMemory();
    }
  }

  private void note(LocalProcess process, ProcessUse use, long now) {
    Before last = before.put(process, new Before(use.cpuNanos(), now));
    Usage known = uses.getOrDefault(process, Usage.NONE);
    long millis = 0;
    if (last != null && now > last.nanoTime()) {
      double rate =
          1000.0 * Math.max(0, use.cpuNanos() - last.cpuNanos()) / (now - last.nanoTime());
      millis = Math.round(WEIGHT * rate + (1 - WEIGHT) * known.cpuMillis());
    }
    uses.put(process, new Usage(millis, use.memory()));
  }

  /** What a container uses now, as last measured. */
  Usage of(ContainerSlot slot) {
    return slot.run
        .map(
            run ->
                run.workload()
                    .simulatedUse()
                    .orElseGet(
                        () ->
                            run.workload()
                                .process()
                                .map(process -> uses.getOrDefault(process, Usage.NONE))
                                .orElse(Usage.NONE)))
        .orElse(Usage.NONE);
  }
}
