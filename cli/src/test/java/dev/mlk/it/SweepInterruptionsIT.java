package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A hundred interruptions at random moments: clients killed with SIGKILL, interrupted with Ctrl-C,
 * the practice cluster killed under them. In the end every trial is in the report exactly once, and
 * no job was ever made twice.
 */
@Tag("slow")
@Tag("sweep-kubernetes")
final class SweepInterruptionsIT {
  /** On the real control plane, whose clusters take longer to come back, fewer do. */
  private static final int INTERRUPTIONS = Engine.real() ? 20 : 100;

  private static final int AT_ONCE = Engine.real() ? 2 : 5;
  private static final int CLUSTER_KILLS = Engine.real() ? 1 : 5;
  private static final int TRIALS = 20;
  private static final int UNREACHABLE = 4;
  private static final String VALUES =
      IntStream.rangeClosed(1, TRIALS)
          .mapToObj(i -> "accuracy=0." + (100 + i))
          .collect(Collectors.joining(","));

  private final AtomicInteger interruptions = new AtomicInteger();
  private final AtomicInteger sweeps = new AtomicInteger();

  @Test
  void everyTrialIsInTheReportExactlyOnceHoweverOftenItIsInterrupted() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("interruptions with -Dseed=" + seed);
    long start = System.nanoTime();
    try (Mlk mlk = new Mlk();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      mlk.ok("cluster", "start");
      String file =
          mlk.file("job.yaml", SweepIT.JOB.formatted(0).replace("duration=1s", "duration=0.5s"));
      List<Future<List<String>>> running = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Random random = new Random(seed + i);
        running.add(threads.submit((Callable<List<String>>) () -> interrupted(mlk, file, random)));
      }
      Random random = new Random(seed - 1);
      for (int i = 0; i < CLUSTER_KILLS; i++) {
        int before = interruptions.get();
        Mlk.await(
            "more interruptions",
            () -> interruptions.get() >= Math.min(before + 12, INTERRUPTIONS - 1));
        LockSupport.parkNanos(random.nextLong(1_000_000_000L));
        mlk.processes("dev.mlk.Mlk cluster serve").forEach(ProcessHandle::destroyForcibly);
        interruptions.incrementAndGet();
        mlk.run("cluster", "start");
      }
      Set<String> names = new HashSet<>();
      for (Future<List<String>> one : running) {
        names.addAll(one.get());
      }
      for (String name : names) {
        verify(mlk, name);
      }
      System.out.printf(
          "sweep interruptions: %d over %d sweeps of %d trials in %.0f s: every trial once%n",
          interruptions.get(), names.size(), TRIALS, (System.nanoTime() - start) / 1e9);
      assertThat(interruptions.get()).isGreaterThanOrEqualTo(INTERRUPTIONS);
    }
  }

  /** Runs sweeps, each interrupted until it is over, until there were enough interruptions. */
  private List<String> interrupted(Mlk mlk, String file, Random random) throws Exception {
    List<String> names = new ArrayList<>();
    while (interruptions.get() < INTERRUPTIONS) {
      String name = "sweep-" + sweeps.incrementAndGet();
      names.add(name);
      Map<String, String> uids = new HashMap<>();
      boolean over = false;
      while (!over && interruptions.get() < INTERRUPTIONS) {
        over = !interrupt(mlk, random, command(file, name));
        remember(mlk, name, uids);
      }
      complete(mlk, command(file, name));
      remember(mlk, name, uids);
      assertThat(uids).as("jobs of " + name).hasSize(TRIALS);
    }
    return names;
  }

  /** Runs a command to its end; a cluster that was killed before its first request counts not. */
  private static void complete(Mlk mlk, String... command) throws InterruptedException {
    Mlk.Result result = mlk.run(command);
    while (result.code() == UNREACHABLE) {
      result = mlk.run(command);
    }
    assertThat(result.code()).as(result.all()).isZero();
  }

  private static String[] command(String file, String name) {
    return new String[] {"sweep", file, "--log", VALUES, "--parallel", "2", "--name", name};
  }

  /** Whether the command was still running when it was interrupted. */
  private boolean interrupt(Mlk mlk, Random random, String... command) throws Exception {
    try (Mlk.Running running = mlk.start(command)) {
      LockSupport.parkNanos(200_000_000L + random.nextLong(1_500_000_000L));
      if (!running.process().isAlive()) {
        Mlk.Result result = running.end();
        assertThat(result.code()).as(result.all()).isIn(0, UNREACHABLE);
        return result.code() != 0;
      }
      if (random.nextInt(4) == 0) {
        new ProcessBuilder("kill", "-INT", Long.toString(running.process().pid()))
            .start()
            .waitFor();
      } else {
        running.process().destroyForcibly();
      }
      running.end();
      interruptions.incrementAndGet();
      return true;
    }
  }

  /** A job that is there once stays the same object for ever: nothing is deleted and made again. */
  private static void remember(Mlk mlk, String name, Map<String, String> uids) {
    try (ApiClient api = SweepIT.client(mlk)) {
      Map<String, String> query = Map.of("labelSelector", "mlk.dev/sweep=" + name);
      for (JsonNode job : api.list(Resources.TFJOBS, "default", query).path("items")) {
        JsonNode metadata = job.path("metadata");
        String uid = metadata.path("uid").asString("");
        String known = uids.putIfAbsent(metadata.path("name").asString(""), uid);
        assertThat(known).isIn(null, uid);
      }
    } catch (UncheckedIOException | ApiException e) {
      // The cluster was killed a moment ago; what it forgets shows the next time.
      LockSupport.parkNanos(100_000_000);
    }
  }

  private static void verify(Mlk mlk, String name) throws InterruptedException, IOException {
    JsonNode report = Json.read(mlk.ok("sweep", "report", name, "-o", "json"));
    Set<String> seen = new HashSet<>();
    for (JsonNode trial : report.path("trials")) {
      String log = trial.path("parameters").path("log").asString("");
      assertThat(seen.add(log)).as(log).isTrue();
      assertThat(trial.path("state").asString("")).isEqualTo("Succeeded");
      assertThat(trial.path("attempts").asInt()).isEqualTo(1);
      assertThat("accuracy=" + trial.path("value").asDouble()).isEqualTo(log.replaceAll("0$", ""));
    }
    assertThat(seen).as(name).hasSize(TRIALS);
  }
}
