package dev.mlk.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What another process takes, as Linux tells it. */
record ProcessFigures(long pid) {
  /** Processor time so far. */
  double processorSeconds() {
    return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow().toMillis()
        / 1000.0;
  }

  /** The most memory that it has had, MiB. */
  long mostMemory() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
