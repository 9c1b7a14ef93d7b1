package dev.mlk.practice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObjectStoreCrashTest {
  private static final int ROUNDS = 3;
  private static final int WRITES = 300;
  @TempDir Path folder;

  @Test
  void everyAcknowledgedWriteSurvivesAKillAndNoRevisionComesTwice() throws Exception {
    Map<String, Long> acknowledged = new HashMap<>();
    long highest = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, Long> fresh = writeUntilKilled(round);
      for (long revision : fresh.values()) {
        assertThat(revision).isGreaterThan(highest);
      }
      acknowledged.putAll(fresh);
      try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
        acknowledged.forEach(
            (key, revision) ->
                assertThat(store.get(key).map(s -> new String(s.value(), StandardCharsets.UTF_8)))
                    .contains(key + "@" + revision));
        highest = store.revision();
        assertThat(highest)
            .isGreaterThanOrEqualTo(
                acknowledged.values().stream().mapToLong(v -> v).max().orElse(0));
      }
    }
  }

  /** What was acknowledged before the process was killed in the midst of writing. */
  private Map<String, Long> writeUntilKilled(int round) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                folder.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, Long> acknowledged = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        String[] parts = line.split(" ", -1);
        // The last line may be torn by the kill.
        if (parts.length == 2 && !parts[1].isEmpty()) {
          acknowledged.put(parts[0], Long.valueOf(parts[1]));
        }
        if (acknowledged.size() >= WRITES && process.isAlive()) {
          process.destroyForcibly();
          process.waitFor();
          break;
        }
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(WRITES);
    return acknowledged;
  }
}
