package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.ConditionType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deadlines, limits of restarts, and time to live. */
final class LimitsTest {
  private static final String BACKOFF =
      "Job j has failed because it has reached the specified backoff limit";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LIM-01 |  | 100000 | false
          LIM-03 | activeDeadlineSeconds: 0 | 0 | true
          LIM-03 | activeDeadlineSeconds: 2 | 0 | false
          LIM-02 | activeDeadlineSeconds: 2 | 2 | true
          negative | activeDeadlineSeconds: -5 | 0 | true
          """)
  void aJobFailsAtItsDeadline(String id, String policy, int seconds, boolean fails) {
    World world = World.of("Worker 4, PS 2", "Never", policy == null ? "" : policy, "");
    world.pass();
    world.pass(Duration.ofSeconds(seconds)).settle();
    assertThat(world.job().getStatus().is(ConditionType.FAILED)).isEqualTo(fails);
  }

  @Test
  void theDeadlineNeedsNoOtherEvent() {
    World world = World.of("Worker 1", "Never", "activeDeadlineSeconds: 60", "").settle();
    assertThat(world.again()).contains(Duration.ofSeconds(60));
    world.pass(Duration.ofSeconds(59)).settle();
    assertThat(world.again()).contains(Duration.ofSeconds(1));
    world.pass(Duration.ofSeconds(1)).settle();
    assertThat(world.condition(ConditionType.FAILED).orElseThrow().message())
        .isEqualTo("Job j has failed because it was active longer than specified deadline");
    assertThat(world.notes())
        .contains(
            "N TFJobFailed: Job j has failed because it was active longer than specified deadline");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"LIM-07,None,6", "LIM-09,All,0", "LIM-10,Running,0"})
  void afterALimitPodsAreCleanedUpAsTheJobSays(String id, String clean, int left) {
    String policy = "activeDeadlineSeconds: 1, cleanPodPolicy: " + clean;
    World world = World.of("Worker 4, PS 2", "Never", policy, "").settle();
    world.pass(Duration.ofSeconds(1)).settle();
    assertThat(world.pods().isEmpty() ? 0 : world.pods().split(" ", -1).length).isEqualTo(left);
  }

  @ParameterizedTest(name = "limit {0} {1} {2}")
  @CsvSource({
    "0, OnFailure, R, false",
    "0, OnFailure, R+1, true",
    "3, OnFailure, R+2, false",
    "3, OnFailure, R+3, true",
    "3, Never, R+3, false",
    "0, ExitCode, F130, true",
    "0, OnFailure, F1, true",
    "0, Never, F1, true",
    "1, ExitCode, F130, false",
    "-1, OnFailure, P, true"
  })
  void restartsAreLimited(int limit, String policy, String state, boolean fails) {
    World world = World.of("Worker 2", policy, "backoffLimit: " + limit, "");
    world.pass();
    if (limit >= 0) {
      world.states("worker-0=R worker-1=" + state).pass();
    }
    boolean limited =
        world.condition(ConditionType.FAILED).filter(c -> c.message().equals(BACKOFF)).isPresent();
    assertThat(limited).isEqualTo(fails);
  }

  @Test
  void replacedPodsCountUntilTheLimitIsPassed() {
    World world = World.of("Worker 2", "ExitCode", "backoffLimit: 2", "").settle();
    for (int i = 0; i < 2; i++) {
      world.states("worker-0=R worker-1=F137").settle();
      assertThat(world.conditions()).isEqualTo("Created Running");
    }
    world.states("worker-1=F137").settle();
    assertThat(world.condition(ConditionType.FAILED).orElseThrow().message()).isEqualTo(BACKOFF);
    assertThat(world.pod("worker-1").getStatus().getPhase()).isEqualTo("Failed");
  }

  @Test
  void successBeatsALimit() {
    World world = World.of("Chief 1, Worker 1", "OnFailure", "backoffLimit: 0", "").settle();
    world.states("chief-0=S worker-0=F1").settle();
    assertThat(world.conditions()).isEqualTo("Created Succeeded");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"TTL-06,0,S", "TTL-07,3,S", "TTL-08,3,F1", "negative,-3,S"})
  void anEndedJobIsDeletedInTime(String id, int ttl, String state) {
    World world = World.of("Worker 1", "Never", "ttlSecondsAfterFinished: " + ttl, "").settle();
    world.states("worker-0=" + state).settle();
    if (ttl > 0) {
      assertThat(world.jobDeleted()).isFalse();
      assertThat(world.again()).contains(Duration.ofSeconds(ttl));
      world.pass(Duration.ofSeconds(ttl)).settle();
    }
    assertThat(world.jobDeleted()).isTrue();
  }

  @Test
  void aJobThatRunsIsNotDeletedAndOneWithoutATimeIsKept() {
    World running = World.of("Worker 1", "Never", "ttlSecondsAfterFinished: 0", "").settle();
    running.pass(Duration.ofDays(1)).settle();
    assertThat(running.jobDeleted()).isFalse();
    World kept = World.of("Worker 1", "Never", "", "").settle().states("worker-0=S").settle();
    kept.pass(Duration.ofDays(1)).settle();
    assertThat(kept.jobDeleted()).isFalse();
    assertThat(kept.again()).isEmpty();
  }

  @Test
  void aPermanentFailureDuringARestartStillHasAnEndAndAnExpiry() {
    String ttl = "ttlSecondsAfterFinished: 5";
    World world = World.of("Worker 1 ExitCode, PS 1 OnFailure", "", ttl, "").settle();
    world.states("ps-0=F1").settle().states("worker-0=F1").settle();
    assertThat(world.conditions()).isEqualTo("Created Restarting=False Failed");
    world.pass(Duration.ofSeconds(5)).settle();
    assertThat(world.jobDeleted()).isTrue();
  }
}
