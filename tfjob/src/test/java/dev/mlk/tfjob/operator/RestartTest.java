package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.ConditionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to failed and deleted pods of a job that goes on. */
final class RestartTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXC-01 | ExitCode | F1 | Failed
          EXC-01 | ExitCode | F3 | Failed
          edge | ExitCode | F127 | Failed
          edge | ExitCode | F128 | replaced
          EXC-02 | ExitCode | F130 | replaced
          EXC-02 | ExitCode | F138 | replaced
          killed | ExitCode | F137 | replaced
          EXC-14 | ExitCode | F | replaced
          EXC-15 | OnFailure | F1 | replaced
          EXC-15 | Always | F1 | replaced
          evicted | OnFailure | F | replaced
          EXC-09 | Never | F1 | Failed
          evicted | Never | F | Failed
          killed | Never | F137 | Failed
          """)
  void aFailedWorkerIsReplacedOrFailsTheJob(
      String id, String policy, String state, String expected) {
    World world = World.of("Worker 2", policy, "", "").settle();
    world.states("worker-0=R worker-1=R").settle();
    String uid = world.pod("worker-1").getMetadata().getUid();
    world.states("worker-1=" + state).settle();
    if (expected.equals("Failed")) {
      assertThat(world.conditions()).isEqualTo("Created Running=False Failed");
    } else {
      assertThat(world.conditions()).isEqualTo("Created Running");
      assertThat(world.pod("worker-1").getMetadata().getUid()).isNotEqualTo(uid);
      assertThat(world.pod("worker-0").getMetadata().getUid()).isEqualTo("p0");
      assertThat(world.service("worker-1")).isNotNull();
    }
  }

  @Test
  void aRestartIsToldAndShownUntilSomethingRuns() {
    World world = World.of("Worker 1", "ExitCode", "", "").settle();
    world.states("worker-0=R").settle().states("worker-0=F130").pass();
    assertThat(world.conditions()).isEqualTo("Created Restarting");
    assertThat(world.counts("Worker")).isEqualTo("0/0/1");
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created Restarting");
    assertThat(world.counts("Worker")).isEqualTo("0/0/0");
    world.states("worker-0=R").settle();
    assertThat(world.conditions()).isEqualTo("Created Running");
    assertThat(world.notes())
        .contains(
            "N ExitedWithCode: Pod: ns.j-worker-0 exited with code 130",
            "W TFJobRestarting: job j is restarting because Worker replica(s) failed.");
  }

  @Test
  void anExitCodeThatWillNotPassFailsTheJobInItsOwnWords() {
    World world = World.of("Chief 1, Worker 1", "ExitCode", "", "").settle();
    world.states("chief-0=R worker-0=R").settle().states("worker-0=F1").settle();
    String words = "job \"j\" is failing because \"Worker\" replica(s) failed.";
    assertThat(world.condition(ConditionType.FAILED).orElseThrow().message()).isEqualTo(words);
    assertThat(world.notes())
        .containsSubsequence(
            "N ExitedWithCode: Pod: ns.j-worker-0 exited with code 1",
            "W TFJobFailed: " + words,
            "N TFJobFailed: TFJob ns/j has failed because 1 Worker replica(s) failed.");
    assertThat(world.job().getStatus().completionTime()).isNotNull();
  }

  @Test
  void aPermanentFailureBesideARestartFailsTheJobAtOnce() {
    World world = World.of("Worker 2 Never, PS 1 OnFailure", "", "", "").settle();
    world.states("worker-0=R worker-1=F1 ps-0=F1").settle();
    assertThat(world.conditions()).isEqualTo("Created Failed");
  }

  @Test
  void aFailureAfterARestartIsNotHeldBackByIt() {
    World world = World.of("Worker 2 Never, PS 1 OnFailure", "", "", "").settle();
    world.states("ps-0=F1").settle();
    assertThat(world.conditions()).isEqualTo("Created Restarting");
    world.states("worker-1=F1").settle();
    assertThat(world.conditions()).isEqualTo("Created Restarting=False Failed");
  }

  @ParameterizedTest
  @CsvSource({"Never", "OnFailure", "Always", "ExitCode"})
  void aDeletedPodIsReplacedWhenItIsGone(String policy) {
    World world = World.of("Chief 1, Worker 1", policy, "", "").settle();
    world.states("chief-0=R worker-0=R").settle().delete("worker-0").settle();
    assertThat(world.conditions()).isEqualTo("Created Running");
    assertThat(world.pods()).isEqualTo("chief-0 worker-0!");
    assertThat(world.counts("Worker")).isEqualTo("0/0/0");
    world.states("worker-0=F137").settle();
    assertThat(world.conditions()).isEqualTo("Created Running");
    world.vanish("worker-0").settle();
    assertThat(world.pods()).isEqualTo("chief-0 worker-0");
    assertThat(world.conditions()).isEqualTo("Created Running");
  }

  @Test
  void aDeletedSucceededPodRunsAgain() {
    World world = World.of("Chief 1, Worker 1", "Never", "", "").settle();
    world.states("chief-0=R worker-0=S").settle();
    assertThat(world.counts("Worker")).isEqualTo("0/1/0");
    world.delete("worker-0").settle();
    assertThat(world.pods()).isEqualTo("chief-0 worker-0");
    assertThat(world.counts("Worker")).isEqualTo("0/0/0");
  }

  @Test
  void aDeletedServiceIsMadeAgain() {
    World world = World.of("Worker 2", "Never", "", "").settle();
    world.deleteService("worker-1");
    world.settle();
    assertThat(world.services()).isEqualTo("worker-0 worker-1");
  }

  @Test
  void aRestartByTheKubeletChangesNothing() {
    World world = World.of("Worker 1, PS 1", "OnFailure", "", "").settle();
    world.states("worker-0=R ps-0=R").settle().states("worker-0=R+1");
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.plan().status()).isEmpty();
  }
}
