package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.tfjob.api.ConditionType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suspension, and jobs that somebody else looks after. */
final class SuspendTest {
  private static final String REPLICAS = "Chief 1, Worker 1";

  private static String yaml(boolean suspend) {
    return World.yaml(REPLICAS, "Never", "suspend: " + suspend, "");
  }

  @Test
  void aJobMadeSuspendedHasNoPodsAndHasNotStarted() {
    World world = new World(yaml(true));
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created Suspended");
    assertThat(world.condition(ConditionType.SUSPENDED).orElseThrow())
        .extracting("reason", "message")
        .containsExactly("TFJobSuspended", "TFJob j is suspended.");
    assertThat(world.job().getStatus().startTime()).isNull();
    assertThat(world.job().getStatus().replicaStatuses()).isNull();
    assertThat(world.pods()).isEmpty();
    assertThat(world.services()).isEmpty();
  }

  @Test
  void aRunningJobLosesItsPodsAndGetsThemBack() {
    World world = new World(yaml(false)).settle();
    world.states("chief-0=R worker-0=R").settle();
    String started = world.job().getStatus().startTime();
    world.pass(Duration.ofSeconds(10)).edit(yaml(true));
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created Running=False Suspended");
    assertThat(world.condition(ConditionType.RUNNING).orElseThrow().reason())
        .isEqualTo("TFJobSuspended");
    assertThat(world.counts("Chief") + " " + world.counts("Worker")).isEqualTo("0/0/0 0/0/0");
    assertThat(world.services()).isEmpty();
    assertThat(world.pods()).isEqualTo("chief-0! worker-0!");
    assertThat(world.job().getStatus().startTime()).isEqualTo(started);

    world.vanish("chief-0").vanish("worker-0").pass(Duration.ofSeconds(10)).edit(yaml(false));
    world.settle();
    assertThat(world.pods()).isEqualTo("chief-0 worker-0");
    assertThat(world.job().getStatus().startTime()).isEqualTo("2026-01-01T00:00:20Z");
    world.states("chief-0=R worker-0=R").settle();
    assertThat(world.conditions()).isEqualTo("Created Suspended=False Running");
    assertThat(world.condition(ConditionType.SUSPENDED).orElseThrow())
        .extracting("reason", "message")
        .containsExactly("TFJobResumed", "TFJob j is resumed.");
  }

  @Test
  void resumedBeforeTheOldPodsAreGoneItWaitsForThem() {
    World world = new World(yaml(false)).settle();
    world.states("chief-0=R worker-0=R").settle().edit(yaml(true));
    world.settle().edit(yaml(false));
    world.settle();
    assertThat(world.pods()).isEqualTo("chief-0! worker-0!");
    world.states("worker-0=F137").settle();
    world.vanish("chief-0").vanish("worker-0").settle();
    assertThat(world.pods()).isEqualTo("chief-0 worker-0");
    assertThat(world.job().getStatus().finished()).isFalse();
  }

  @Test
  void suspensionIsToldOnce() {
    World world = new World(yaml(true));
    world.pass();
    Plan second = world.pass();
    assertThat(second.notes()).isEmpty();
    assertThat(world.notes()).containsExactly("N TFJobSuspended: TFJob j is suspended.");
  }

  @Test
  void limitsRestWhileSuspended() {
    String limits = "activeDeadlineSeconds: 1, ttlSecondsAfterFinished: 1, suspend: ";
    World world = World.of(REPLICAS, "Never", limits + "true", "");
    world.settle().pass(Duration.ofDays(1)).settle();
    assertThat(world.conditions()).isEqualTo("Created Suspended");
    world.edit(World.yaml(REPLICAS, "Never", limits + "false", ""));
    world.settle();
    assertThat(world.job().getStatus().finished()).isFalse();
    world.pass(Duration.ofSeconds(1));
    world.pass();
    assertThat(world.job().getStatus().is(ConditionType.FAILED)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "MNG-01,kueue.x-k8s.io/multikueue,true",
    "MNG-03,'''''',true",
    "MNG-03,other,true",
    "MNG-03,kubeflow.org/training-operator,false"
  })
  void aJobOfAnotherControllerIsNotTouched(String id, String managedBy, boolean other) {
    World world = World.of(REPLICAS, "Never", "managedBy: " + managedBy, "");
    world.settle();
    assertThat(world.conditions().isEmpty()).isEqualTo(other);
    assertThat(world.pods().isEmpty()).isEqualTo(other);
  }
}
