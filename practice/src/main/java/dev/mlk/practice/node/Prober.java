package dev.mlk.practice.node;

import dev.mlk.practice.node.probe.Outcome;
import dev.mlk.practice.node.probe.Probe;
import dev.mlk.practice.node.probe.ProbeTarget;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** Runs one probe of one run of a container, over and over, until it is stopped. */
final class Prober {
  private static final String AGENT = "kube-probe/1.35";

  private final NodeRoom room;
  private final Probe probe;
  private final ProbeTarget target;
  private final Consumer<Outcome> told;
  private final Consumer<Boolean> verdict;
  private int inRow;
  private boolean lastSuccess;
  private volatile boolean stopped;
  private volatile Runnable cancel = () -> {};

  /**
   * Starts to probe.
   *
   * @param told of everything but plain successes
   * @param verdict told when enough successes or failures came in a row
   */
  Prober(
      NodeRoom room,
      Probe probe,
      ProbeTarget target,
      Consumer<Outcome> told,
      Consumer<Boolean> verdict) {
    this.room = room;
    this.probe = probe;
    this.target = target;
    this.told = told;
    this.verdict = verdict;
    next(probe.initialDelay());
  }

  private void next(Duration delay) {
    if (!stopped) {
      cancel = room.ticker().after(delay, this::probe);
    }
  }

  private void probe() {
    try {
      room.executor().execute(this::probeNow);
    } catch (RejectedExecutionException e) {
      // The agent is closing.
      stopped = true;
    }
  }

  private void probeNow() {
    try {
      Outcome outcome = probe.action().run(target, probe.timeout(), AGENT);
      if (stopped) {
        return;
      }
      inRow = outcome.well() == lastSuccess ? inRow + 1 : 1;
      lastSuccess = outcome.well();
      if (outcome.result() != Outcome.Result.SUCCESS) {
        told.accept(outcome);
      }
      if (inRow >= (lastSuccess ? probe.successThreshold() : probe.failureThreshold())) {
        verdict.accept(lastSuccess);
      }
      next(probe.period());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    stopped = true;
    cancel.run();
  }
}
