package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is killed with SIGKILL while a job trains, the job goes on from its last checkpoint and
 * nothing is left behind.
 */
final class RecoveryIT {
  private static final int STEPS = 4000;
  private static final int KILL_AT = 800;
  private static final Pattern STEP = Pattern.compile("(?m)^(\\S+) +\\| step=([0-9]+) loss");
  private static final String SUBMIT =
      "tfjob submit mnist-distributed --set steps=" + STEPS + " --follow";

  @ParameterizedTest
  @ValueSource(strings = {"worker", "ps", "chief"})
  void aKilledReplicaComesBackAndTheJobGoesOn(String role) throws Exception {
    try (Mlk mlk = new Mlk();
        Mlk.Running running = mlk.start(SUBMIT.split(" "))) {
      running.awaitOut("step " + KILL_AT, out -> lastStep(out) >= KILL_AT);
      List<ProcessHandle> victims =
          mlk.processes("dev.mlk.images.mnist").stream()
              .filter(
                  process ->
                      Mlk.variable(process.pid(), "TF_CONFIG")
                          .replace(" ", "")
                          .contains("\"task\":{\"type\":\"" + role + "\",\"index\":0}"))
              .toList();
      assertThat(victims).as("processes of " + role).hasSize(1);
      victims.getFirst().destroyForcibly();
      int before = lastStep(running.out());
      Mlk.Result result = running.end();
      succeeded(result);
      wentOn(result.out(), before);
      Mlk.await(
          "the job's processes to be gone", () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
    }
  }

  @Test
  void aKilledPracticeClusterIsStartedAgainAndTheJobGoesOn() throws Exception {
    try (Mlk mlk = new Mlk();
        Mlk.Running running = mlk.start(SUBMIT.split(" "))) {
      running.awaitOut("step " + KILL_AT, out -> lastStep(out) >= KILL_AT);
      List<ProcessHandle> cluster = mlk.processes("dev.mlk.Mlk cluster serve");
      assertThat(cluster).hasSize(1);
      int before = lastStep(running.out());
      cluster.getFirst().destroyForcibly();
      Mlk.await(
          "the pods' processes to end with their cluster",
          () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
      mlk.ok("cluster", "start");
      Mlk.Result result = mlk.run("tfjob", "logs", "mnist-distributed", "--follow");
      succeeded(result);
      wentOn(result.out(), Math.min(before, KILL_AT));
      Mlk.await(
          "the job's processes to be gone", () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
    }
  }

  @Test
  void aKilledOperatorIsStartedAgainAndTheJobGoesOn() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("cluster", "start", "--no-operator");
      try (Mlk.Running first = mlk.start("operator", "run");
          Mlk.Running running = mlk.start(SUBMIT.split(" "))) {
        running.awaitOut("step " + KILL_AT, out -> lastStep(out) >= KILL_AT);
        first.process().descendants().forEach(ProcessHandle::destroyForcibly);
        first.process().destroyForcibly();
        try (Mlk.Running second = mlk.start("operator", "run")) {
          succeeded(running.end());
          Mlk.await(
              "the job's processes to be gone",
              () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
          second.process().destroy();
        }
      }
    }
  }

  private static void succeeded(Mlk.Result result) {
    assertThat(result.code()).as(result.all()).isZero();
    assertThat(MainJobIT.accuracy(result.out())).isGreaterThanOrEqualTo(0.93);
    assertThat(result.out()).containsPattern("\\| global_step=" + STEPS / 1000 + "[0-9]{3} ");
  }

  /**
   * After the kill no step is counted from zero again: training resumed from a checkpoint at most
   * two intervals back.
   */
  private static void wentOn(String out, int before) {
    Matcher steps = STEP.matcher(out);
    Map<String, Integer> highest = new HashMap<>();
    while (steps.find()) {
      int step = Integer.parseInt(steps.group(2));
      if (highest.getOrDefault(steps.group(1), 0) >= before - 200) {
        assertThat(step).as(steps.group(1) + " in " + out).isGreaterThan(before - 400);
      }
      highest.merge(steps.group(1), step, Math::max);
    }
    assertThat(highest.values()).anyMatch(step -> step > before);
  }

  static int lastStep(String out) {
    Matcher steps = STEP.matcher(out);
    int last = 0;
    while (steps.find()) {
      last = Math.max(last, Integer.parseInt(steps.group(2)));
    }
    return last;
  }
}
