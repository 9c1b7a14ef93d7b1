package dev.mlk.usage;

import dev.mlk.tfjob.ledger.LedgerEntry;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * What one pod has held within the window.
 *
 * @param entry the pod
 * @param seconds how long it held its node's resources
 * @param pending how long it waited for a node, which is free
 * @param starting how long it held them before any container ran
 * @param contradictory whether its times contradict each other: a clock was changed
 * @param counts whether it was there within the window, be it for less than a second
 */
record Held(
    LedgerEntry entry,
    long seconds,
    long pending,
    long starting,
    boolean contradictory,
    boolean counts) {
  static Held of(LedgerEntry entry, Window window) {
    LedgerEntry.Times times = entry.times();
    Instant over = times.ended().orElse(window.now());
    Optional<Instant> from = times.scheduled();
    Instant placed = from.orElse(over);
    Instant ran = times.running().filter(at -> !at.isAfter(over)).orElse(over);
    return new Held(
        entry,
        from.isEmpty() ? 0 : window.seconds(placed, over),
        window.seconds(times.created(), placed.isAfter(over) ? over : placed),
        from.isEmpty() ? 0 : window.seconds(placed, ran),
        placed.isAfter(over) || times.created().isAfter(placed),
        window.touches(times.created(), placed.isAfter(over) ? placed : over));
  }

  long gpuSeconds() {
    return entry.amounts().gpus() * seconds;
  }

  /** GPU-seconds in which nothing can have used the GPUs, since no container ran. */
  long idleGpuSeconds() {
    return entry.amounts().gpus() * starting;
  }

  long milliCpuSeconds() {
    return entry.amounts().milliCpu() * seconds;
  }

  BigInteger byteSeconds() {
    return BigInteger.valueOf(entry.amounts().bytes()).multiply(BigInteger.valueOf(seconds));
  }

  /** The model of its GPUs; empty when it has held none. */
  String model() {
    if (entry.amounts().gpus() == 0 || entry.times().scheduled().isEmpty()) {
      return "";
    }
    return entry.node().model().isEmpty() ? "unknown" : entry.node().model();
  }
}
