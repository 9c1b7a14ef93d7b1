package dev.mlk.practice.node;

import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.node.process.ProcessUse;
import dev.mlk.practice.node.process.Processes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  private final Ticker ticker;
  private final ExecutorService executor;
  private final Processes processes;
  private final Supplier<Collection<PodWorker>> workers;
  private final Map<LocalProcess, UseHistory> histories = new ConcurrentHashMap<>();
  private volatile Instant looked;
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
    this.looked = ticker.instant();
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
    Instant time = ticker.instant();
    long now = System.nanoTime();
    measured.forEach(
        (process, use) -> {
          Run run = runs.get(process);
          histories.computeIfAbsent(process, _ -> new UseHistory()).add(use, time, now);
          if (run.memoryLimit() > 0 && use.memory() > run.memoryLimit()) {
            executor.execute(run.workload()::killForMemory);
          }
        });
    histories.keySet().retainAll(measured.keySet());
    looked = time;
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

  /** When it looked last. */
  Instant looked() {
    return looked;
  }

  /** What a running container uses; empty while it has not been watched for long enough. */
  Optional<Measured> of(ContainerSlot slot) {
    return slot.run.map(Run::workload).flatMap(this::of);
  }

  private Optional<Measured> of(Workload workload) {
    Optional<Usage> told = workload.simulatedUse();
    if (told.isPresent()) {
      Usage use = told.get();
      return Optional.of(
          new Measured(use.nanoCpus(), use.memory(), looked, UseHistory.WINDOW, true));
    }
    return workload.process().map(histories::get).flatMap(UseHistory::measured);
  }
}
