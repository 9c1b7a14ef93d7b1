package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.ConditionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job's pods say about the job. */
final class StatusTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STA-02 | Chief 1, Worker 1 | chief-0=S worker-0=S | Created Succeeded
          STA-03 | Chief 1, Worker 1 | chief-0=R | Created Running
          STA-04 | Chief 1, Worker 1 | chief-0=F1 | Created Failed
          STA-05 | Worker 1 | worker-0=F1 | Created Failed
          STA-06 | Worker 1 | worker-0=S | Created Succeeded
          STA-07 | Worker 1 | worker-0=R | Created Running
          STA-08 | Worker 4, PS 2 | ps-0=R ps-1=R worker-0=R worker-1=R worker-2=S worker-3=S | Created Running
          STA-09 | Worker 4, PS 2 | ps-0=R ps-1=R worker-0=R worker-1=R worker-2=R worker-3=S | Created Running
          STA-10 | Worker 4, PS 2 | ps-0=R ps-1=R worker-0=F1 worker-1=F1 worker-2=S worker-3=S | Created Failed
          STA-11 | Worker 4, PS 2 | ps-0=R ps-1=R worker-0=S worker-1=R worker-2=R worker-3=R | Created Succeeded
          STA-16 | Chief 1, Worker 4, PS 2 | chief-0=R worker-0=S worker-1=S worker-2=S worker-3=S ps-0=R | Created Running
          STA-17 | Chief 1, Worker 2 | worker-0=R worker-1=R | Created
          STA-18 | Chief 1, Worker 2 | chief-0=S worker-0=R worker-1=R | Created Succeeded
          STA-19 fixed | Chief 1, Worker 2 | chief-0=S worker-0=F1 worker-1=F1 | Created Succeeded
          STA-28 running | PS 2 | ps-0=R ps-1=R | Created
          STA-28 ended | PS 2 | ps-0=S ps-1=S | Created
          STA-29 | Chief 1, Evaluator 1 | chief-0=R evaluator-0=F1 | Created Failed
          Master leads | Master 1, Worker 1 | master-0=S worker-0=R | Created Succeeded
          W0-01 | Worker 1, PS 1 | worker-0=R ps-0=R | Created Running
          W0-06 | Worker 2 OnFailure | worker-0=F1 worker-1=R | Created Restarting
          W0 no code | Worker 2 | worker-0=s worker-1=R | Created Running
          NRM-08 | Worker 4, PS 2 | worker-0=S worker-1=S worker-2=S worker-3=S ps-0=S ps-1=S | Created Succeeded
          unknown type | Worker 2, Foo 1 | worker-0=R foo-0=F1 | Created Running
          phase Unknown | Worker 2 | worker-0=U worker-1=U | Created
          no chief at all | Chief 0, Worker 2 | worker-0=R worker-1=R | Created Running
          no worker at all | Worker 0, PS 1 | ps-0=P | Created Succeeded
          """)
  void conditionsFollowThePods(String id, String replicas, String states, String conditions) {
    World world = World.of(replicas, "Never", "", "");
    if (!replicas.contains("Worker 0")) {
      world.settle().states(states);
    }
    world.pass();
    assertThat(world.conditions()).isEqualTo(conditions);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          STA-12 | worker-0=S worker-1=R | Created Running
          STA-13 | worker-0=S worker-1=S | Created Succeeded
          STA-14 | worker-0=S worker-1=F1 | Created Failed
          """)
  void withAllWorkersTheFirstIsNotEnough(String id, String states, String conditions) {
    World world = World.of("Worker 2, PS 1", "Never", "", "successPolicy: AllWorkers");
    world.settle().states(states).pass();
    assertThat(world.conditions()).isEqualTo(conditions);
  }

  @Test
  void podsAreCounted() {
    World world = World.of("Chief 1, Worker 7", "OnFailure", "", "").settle();
    world.states("chief-0=R worker-0=F1 worker-1=F1 worker-2=S worker-3=S worker-4=S worker-5=R");
    world.pass();
    assertThat(world.counts("Worker")).isEqualTo("1/3/2");
    assertThat(world.counts("Chief")).isEqualTo("1/0/0");
  }

  @Test
  void aNewJobIsCreatedAndStarted() {
    World world = World.of("Worker 1", "Never", "", "");
    world.pass();
    assertThat(world.conditions()).isEqualTo("Created");
    assertThat(world.condition(ConditionType.CREATED).orElseThrow().message())
        .isEqualTo("TFJob j is created.");
    assertThat(world.job().getStatus().startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(world.job().getStatus().completionTime()).isNull();
    assertThat(world.counts("Worker")).isEqualTo("0/0/0");
  }

  @Test
  void afterSuccessWhatStillRunsCountsAsSucceeded() {
    World world = World.of("Chief 1, PS 2", "Never", "", "").settle();
    world.states("chief-0=R ps-0=R ps-1=R").settle().states("chief-0=S").settle();
    assertThat(world.conditions()).isEqualTo("Created Running=False Succeeded");
    assertThat(world.counts("PS")).isEqualTo("0/2/0");
    assertThat(world.notes()).contains("N TFJobSucceeded: TFJob ns/j successfully completed.");
    world.states("ps-0=F1").settle();
    assertThat(world.counts("PS")).isEqualTo("0/2/0");
  }

  @Test
  void anEndedJobDoesNotChangeWhateverHappens() {
    World world = World.of("Worker 2", "Never", "", "").settle();
    world.states("worker-0=R worker-1=F3").settle();
    var status = world.job().getStatus();
    assertThat(world.conditions()).isEqualTo("Created Failed");
    world.edit(World.yaml("Worker 4", "Never", "suspend: true", ""));
    world.settle().states("worker-0=S").settle();
    assertThat(world.job().getStatus()).isEqualTo(status);
    assertThat(world.pods()).isEqualTo("worker-0 worker-1");
  }

  @Test
  void theMessageOfAFailureCountsThePods() {
    World world = World.of("Chief 1, Worker 3", "Never", "", "").settle();
    world.states("chief-0=R worker-0=F1 worker-1=F2").settle();
    assertThat(world.condition(ConditionType.FAILED).orElseThrow().message())
        .isEqualTo("TFJob ns/j has failed because 2 Worker replica(s) failed.");
    assertThat(world.notes())
        .contains(
            "N ExitedWithCode: Pod: ns.j-worker-1 exited with code 2",
            "N TFJobFailed: TFJob ns/j has failed because 2 Worker replica(s) failed.");
    assertThat(world.job().getStatus().completionTime()).isNotNull();
  }

  @Test
  void workersThatMayComeAndGoDoNotFailTheJob() {
    World world = World.of("Chief 1, Worker 2", "Never", "", "enableDynamicWorker: true");
    world.settle().states("chief-0=R worker-0=F1 worker-1=R").settle();
    assertThat(world.conditions()).isEqualTo("Created Running");
  }
}
