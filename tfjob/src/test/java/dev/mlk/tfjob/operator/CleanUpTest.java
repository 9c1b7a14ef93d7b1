package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a job that has ended. */
final class CleanUpTest {
  private static final Planner.Settings OURS = new Planner.Settings("", CleanPodPolicy.RUNNING);

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLN-11 | All | '' | ''
          CLN-12 | Running | chief-0 worker-0 | chief-0 worker-0
          CLN-13 | None | chief-0 ps-0 worker-0 | chief-0 ps-0 worker-0
          unknown word | Maybe | '' | ''
          """)
  void afterSuccess(String id, String policy, String pods, String services) {
    World world = ended("cleanPodPolicy: " + policy, "chief-0=S worker-0=S ps-0=R");
    world.vanish(policy.equals("None") ? "none" : "ps-0").settle();
    assertThat(world.pods()).isEqualTo(pods);
    assertThat(world.services()).isEqualTo(services);
  }

  private static World ended(String policy, String states) {
    World world = World.of("Chief 1, Worker 1, PS 1", "Never", policy, "").with(OURS).settle();
    return world.states("chief-0=R worker-0=R ps-0=R").settle().states(states).settle();
  }

  @Test
  void withoutAPolicyNothingRunsOn() {
    World world = ended("", "chief-0=S worker-0=R ps-0=R");
    assertThat(world.pods()).isEqualTo("chief-0 ps-0! worker-0!");
    assertThat(world.services()).isEqualTo("chief-0");
  }

  @Test
  void afterFailureTheFailedPodStaysForItsLogs() {
    World world = ended("", "worker-0=F1").vanish("ps-0").vanish("chief-0").settle();
    assertThat(world.pods()).isEqualTo("worker-0");
    assertThat(world.services()).isEqualTo("worker-0");
    assertThat(world.counts("Chief")).isEqualTo("1/0/0");
  }

  @Test
  void pendingPodsGoToo() {
    World world = World.of("Worker 2, PS 1", "Never", "", "").with(OURS).settle();
    world.states("worker-0=S").settle();
    assertThat(world.pods()).isEqualTo("worker-0");
  }

  @Test
  void theEndIsWrittenDownBeforeAnythingIsDeleted() {
    World world = ended("cleanPodPolicy: All", "");
    world.states("chief-0=S worker-0=S ps-0=S").pass();
    assertThat(world.conditions()).endsWith("Succeeded");
    assertThat(world.pods()).isEmpty();
    // The operator starts again and finds a job without pods: it has ended all the same.
    world.settle();
    assertThat(world.pods()).isEmpty();
  }

  @Test
  void aServiceWhosePodWentBeforeGoesToo() {
    World world = ended("cleanPodPolicy: All", "");
    world.states("ps-0=S").vanish("ps-0").states("chief-0=S").settle();
    assertThat(world.services()).isEmpty();
  }

  @Test
  void aPolicyChangedAfterTheEndCounts() {
    World world = ended("cleanPodPolicy: None", "chief-0=S");
    assertThat(world.pods()).isEqualTo("chief-0 ps-0 worker-0");
    world.edit(World.yaml("Chief 1, Worker 1, PS 1", "Never", "cleanPodPolicy: All", ""));
    world.settle().vanish("ps-0").vanish("worker-0").settle();
    assertThat(world.pods()).isEmpty();
  }
}
