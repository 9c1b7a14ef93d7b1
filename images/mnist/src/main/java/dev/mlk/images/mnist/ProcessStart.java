package dev.mlk.images.mnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When this process was started, so that the first phase counts the start of the JVM too. The JDK
 * rounds it to seconds on Linux, and its management classes cost a noticeable part of it.
 */
final class ProcessStart {
  private static final int TICKS_PER_SECOND = 100;
  private static final int START_TIME = 22;

  private ProcessStart() {}

  /** To a hundredth of a second on Linux; elsewhere this very moment. */
  static Instant instant(InstantSource clock) {
    Instant now = clock.instant();
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // The second field, the name, may hold spaces and ends with the last parenthesis.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double started = Long.parseLong(fields[START_TIME - 3]) / (double) TICKS_PER_SECOND;
      String uptime = Files.readString(Path.of("/proc/uptime"));
      double age = Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) - started;
      return now.minus(Duration.ofMillis(Math.max(0, Math.round(age * 1000))));
    } catch (IOException | RuntimeException e) {
      return now;
    }
  }
}
