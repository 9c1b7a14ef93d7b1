package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Five hundred trials of two seconds, twenty at once: the time, the requests, the memory. */
@Tag("slow")
final class SweepAtScaleIT {
  private static final int TRIALS = 500;
  private static final int AT_ONCE = 20;
  private static final double SECONDS = 2;

  @Test
  void fiveHundredTrialsTakeLittleMoreThanTheyMust() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start");
      String file =
          mlk.file("job.yaml", SweepIT.JOB.formatted(0).replace("duration=1s", "duration=2s"));
      String[] command = {
        "sweep", file, "--a", "1..500:int:500", "--parallel", "" + AT_ONCE, "--name", "scale", "-v"
      };
      long start = System.nanoTime();
      long memory = 0;
      try (Mlk.Running running = mlk.start(command)) {
        while (running.process().isAlive()) {
          memory = Math.max(memory, kilobytes(running.process().pid()));
          LockSupport.parkNanos(200_000_000);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Mlk.Result result = running.end();
        assertThat(result.code()).as(result.all()).isZero();
        assertThat(result.out().lines().filter(line -> line.contains("Succeeded"))).hasSize(TRIALS);
        long requests =
            result
                .err()
                .lines()
                .filter(line -> line.matches("(GET|POST|PATCH|DELETE) /.*"))
                .count();
        double ideal = TRIALS * SECONDS / AT_ONCE;
        System.out.printf(
            "sweep at scale: %d trials of %.0f s, %d at once: %.1f s, ideal %.1f s; %.1f requests a"
                + " trial; %d MB at most%n",
            TRIALS, SECONDS, AT_ONCE, seconds, ideal, requests / (double) TRIALS, memory / 1024);
        assertThat(seconds).isLessThan(1.15 * ideal + 3);
        assertThat(requests).isLessThan(5 * TRIALS);
        assertThat(memory).as("kB").isLessThan(400_000);
      }
    }
  }

  private static long kilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (java.io.IOException e) {
      return 0;
    }
  }
}
