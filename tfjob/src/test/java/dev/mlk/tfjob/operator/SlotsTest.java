package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pods and services there should be. */
final class SlotsTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NRM-01, SVC-04 | Worker 1 | worker-0
          NRM-02 | Worker 4, PS 2 | ps-0 ps-1 worker-0 worker-1 worker-2 worker-3
          NAM-14 | Chief 1, Worker 2, PS 2, Evaluator 1 | chief-0 evaluator-0 ps-0 ps-1 worker-0 worker-1
          any case | WORKER 1, ps 1 | ps-0 worker-0
          unknown type | Foo 2, Worker 1 | foo-0 foo-1 worker-0
          """)
  void everyReplicaHasAPodAndAService(String id, String replicas, String names) {
    World world = World.of(replicas, "Never", "", "").settle();
    assertThat(world.pods()).isEqualTo(names);
    assertThat(world.services()).isEqualTo(names);
  }

  @Test
  void aPassOverAHealthyJobDoesNothing() {
    World world = World.of("Worker 4, PS 2", "Never", "", "").settle();
    world.states("worker-0=R worker-1=R worker-2=R worker-3=R ps-0=R ps-1=R").settle();
    assertThat(world.plan().actions()).isEmpty();
    assertThat(world.plan().status()).isEmpty();
    assertThat(world.counts("Worker")).isEqualTo("4/0/0");
    assertThat(world.counts("PS")).isEqualTo("2/0/0");
  }

  @Test
  void onlyWhatIsMissingIsMade() {
    World world = World.of("Worker 4, PS 2", "Never", "", "").settle();
    world.states("worker-0=P worker-1=R");
    world.vanish("worker-2").vanish("worker-3").vanish("ps-1");
    assertThat(world.plan().actions()).hasSize(3).allMatch(Action.CreatePod.class::isInstance);
  }

  @Test
  void moreReplicasAreMadeAndTheOthersLeftAlone() {
    World world = World.of("Worker 2", "Never", "", "").settle();
    world.states("worker-0=R worker-1=R").settle();
    world.edit(World.yaml("Worker 4", "Never", "", ""));
    world.settle();
    assertThat(world.pods()).isEqualTo("worker-0 worker-1 worker-2 worker-3");
    assertThat(config(world, "worker-0")).doesNotContain("j-worker-3");
    assertThat(config(world, "worker-3")).contains("j-worker-3");
  }

  private static String config(World world, String pod) {
    return world.pod(pod).getSpec().getContainers().getFirst().getEnv().getLast().getValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"enableDynamicWorker: true", "enableDynamicWorker: false"})
  void fewerReplicasDoNotFailTheJob(String rest) {
    World world = World.of("Worker 3", "Never", "", rest).settle();
    world.states("worker-0=R worker-1=R worker-2=R").settle();
    world.edit(World.yaml("Worker 1", "Never", "", rest));
    world.settle();
    assertThat(world.pods()).isEqualTo("worker-0 worker-1! worker-2!");
    assertThat(world.services()).isEqualTo("worker-0");
    assertThat(world.conditions()).isEqualTo("Created Running");
    world.vanish("worker-1").vanish("worker-2").settle();
    assertThat(world.pods()).isEqualTo("worker-0");
    assertThat(world.counts("Worker")).isEqualTo("1/0/0");
  }

  @Test
  void aTypeThatIsTakenOutLosesItsPods() {
    World world = World.of("Chief 1, PS 1", "Never", "", "").settle();
    world.edit(World.yaml("Chief 1", "Never", "", ""));
    world.settle();
    assertThat(world.pods()).isEqualTo("chief-0");
    assertThat(world.services()).isEqualTo("chief-0");
  }

  @Test
  void noReplicasAreNoPods() {
    World world = World.of("Chief 1, PS 0", "Never", "", "").settle();
    assertThat(world.pods()).isEqualTo("chief-0");
    assertThat(world.conditions()).isEqualTo("Created");
  }

  @Test
  void anEmptyMapIsAJobThatWaits() {
    World world =
        new World("---\nmetadata: {name: j, namespace: ns, uid: u}\nspec: {tfReplicaSpecs: {}}");
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created");
    world.edit(World.yaml("Worker 1", "Never", "", ""));
    world.settle();
    assertThat(world.pods()).isEqualTo("worker-0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Worker -1, PS 1 | Worker asks for -1 replicas
          Worker 1, ps 1 | Worker has no container named tensorflow; PS has no container named tensorflow
          """)
  void aJobThatCanNeverRunFailsAndSaysWhy(String replicas, String why) {
    String yaml = World.yaml(replicas, "Never", "", "");
    boolean unnamed = why.contains("container");
    World world = new World(unnamed ? yaml.replace("name: tensorflow", "name: main") : yaml);
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created Failed");
    assertThat(world.notes().getLast()).startsWith("N TFJobFailed: TFJob cannot run: ");
    for (String part : why.split("; ", -1)) {
      assertThat(world.notes().getLast()).contains(part);
    }
    assertThat(world.pods()).isEmpty();
  }

  @Test
  void aNameTooLongForItsServicesIsSaid() {
    String name = "j".repeat(57);
    World world =
        new World(
            World.yaml("Worker 1", "Never", "", "").replace("name: j,", "name: " + name + ","));
    world.settle();
    assertThat(world.conditions()).isEqualTo("Created Failed");
    assertThat(world.notes().getLast()).contains("66 characters, a service may have 63");
  }
}
