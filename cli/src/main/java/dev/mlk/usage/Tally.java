package dev.mlk.usage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A sum over pods, exact in seconds; hours are made when it is shown. */
final class Tally {
  private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final int DIGITS = 12;

  private final Map<String, Long> byModel = new TreeMap<>();
  private int pods;
  private long restarts;
  private long gpuSeconds;
  private long milliCpuSeconds;
  private BigInteger byteSeconds = BigInteger.ZERO;
  private long pendingSeconds;
  private long idleGpuSeconds;
  private BigDecimal costSeconds = BigDecimal.ZERO;
  private long gpusNow;
  private long knownNow;
  private long idleNow;
  private double percentNow;

  void add(Held held, Optional<Prices.Rate> rate, Busy busy) {
    pods++;
    if (Busy.holds(held.entry())) {
      now(held.entry().amounts().gpus(), busy.of(held.entry()));
    }
    restarts += held.entry().restarts();
    milliCpuSeconds += held.milliCpuSeconds();
    byteSeconds = byteSeconds.add(held.byteSeconds());
    pendingSeconds += held.pending();
    idleGpuSeconds += held.idleGpuSeconds();
    if (!held.model().isEmpty()) {
      gpuSeconds += held.gpuSeconds();
      byModel.merge(held.model(), held.gpuSeconds(), Long::sum);
    }
    rate.ifPresent(price -> costSeconds = costSeconds.add(cost(held, price)));
  }

  private void now(long gpus, OptionalDouble percent) {
    gpusNow += gpus;
    if (percent.isPresent()) {
      knownNow += gpus;
      idleNow += percent.getAsDouble() == 0 ? gpus : 0;
      percentNow += percent.getAsDouble() * gpus;
    }
  }

  /** How many GPUs running pods hold at this moment. */
  long gpusNow() {
    return gpusNow;
  }

  /** How many of those do nothing at this moment, as an exporter says. */
  long idleGpusNow() {
    return idleNow;
  }

  /** Of how many of them no exporter tells whether they do anything. */
  long unknownGpusNow() {
    return gpusNow - knownNow;
  }

  /** How busy those are of which an exporter tells; empty when it tells of none. */
  OptionalDouble percentNow() {
    return knownNow == 0 ? OptionalDouble.empty() : OptionalDouble.of(percentNow / knownNow);
  }

  private static BigDecimal cost(Held held, Prices.Rate rate) {
    BigDecimal gpu = rate.gpu().orElse(BigDecimal.ZERO);
    return gpu.multiply(BigDecimal.valueOf(held.gpuSeconds()))
        .add(rate.cpu().multiply(BigDecimal.valueOf(held.milliCpuSeconds(), 3)))
        .add(rate.memory().multiply(gib(held.byteSeconds())));
  }

  private static BigDecimal gib(BigInteger bytes) {
    return new BigDecimal(bytes).divide(GIB, DIGITS, RoundingMode.HALF_UP);
  }

  int pods() {
    return pods;
  }

  long restarts() {
    return restarts;
  }

  /** GPU-seconds by model. */
  Map<String, Long> byModel() {
    return byModel;
  }

  long gpuSeconds() {
    return gpuSeconds;
  }

  long idleGpuSeconds() {
    return idleGpuSeconds;
  }

  /** GPU-seconds of which nobody has written down whether the GPUs did anything. */
  long unknownGpuSeconds() {
    return gpuSeconds - idleGpuSeconds;
  }

  long pendingSeconds() {
    return pendingSeconds;
  }

  long milliCpuSeconds() {
    return milliCpuSeconds;
  }

  BigDecimal cpuSeconds() {
    return BigDecimal.valueOf(milliCpuSeconds, 3);
  }

  BigDecimal gibSeconds() {
    return gib(byteSeconds);
  }

  /** The cost, to a hundredth. */
  BigDecimal cost() {
    return costSeconds.divide(HOUR, 2, RoundingMode.HALF_UP);
  }

  static BigDecimal hours(BigDecimal seconds, int digits) {
    return seconds.divide(HOUR, digits, RoundingMode.HALF_UP);
  }

  static BigDecimal hours(long seconds, int digits) {
    return hours(BigDecimal.valueOf(seconds), digits);
  }
}
