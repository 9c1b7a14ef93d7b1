package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TF_CONFIG, to the byte. */
final class TfConfigTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CFG-03 | PS 1, Worker 1 | tf.training.org | worker-0 | {"cluster":{"ps":["j-ps-0.ns.svc.tf.training.org:2222"],"worker":["j-worker-0.ns.svc.tf.training.org:2222"]},"task":{"type":"worker","index":0},"environment":"cloud"}
          CFG-04 | Worker 1, PS 1, Evaluator 1 | `` | evaluator-0 | {"cluster":{"evaluator":["j-evaluator-0.ns.svc:2222"],"ps":["j-ps-0.ns.svc:2222"],"worker":["j-worker-0.ns.svc:2222"]},"task":{"type":"evaluator","index":0},"environment":"cloud"}
          CFG-16 | Chief 1, PS 2, Worker 2 | `` | ps-1 | {"cluster":{"chief":["j-chief-0.ns.svc:2222"],"ps":["j-ps-0.ns.svc:2222","j-ps-1.ns.svc:2222"],"worker":["j-worker-0.ns.svc:2222","j-worker-1.ns.svc:2222"]},"task":{"type":"ps","index":1},"environment":"cloud"}
          CFG-19 | Master 1, Worker 1 | `` | master-0 | {"cluster":{"master":["j-master-0.ns.svc:2222"],"worker":["j-worker-0.ns.svc:2222"]},"task":{"type":"master","index":0},"environment":"cloud"}
          unknown | Foo 1, Worker 2 | `` | foo-0 | {"cluster":{"foo":["j-foo-0.ns.svc:2222"],"worker":["j-worker-0.ns.svc:2222","j-worker-1.ns.svc:2222"]},"task":{"type":"foo","index":0},"environment":"cloud"}
          """)
  void denseNamesEverybody(String id, String replicas, String domain, String pod, String config) {
    World world =
        World.of(replicas, "Never", "", "")
            .with(new Planner.Settings(domain, CleanPodPolicy.NONE))
            .settle();
    assertThat(of(world, pod)).isEqualTo(config);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CFG-10 | PS 2, Worker 2 | worker-0 | {"cluster":{"worker":{"0":"j-worker-0.ns.svc:2222"},"ps":["j-ps-0.ns.svc:2222","j-ps-1.ns.svc:2222"]},"task":{"type":"worker","index":0}}
          CFG-12 | PS 2, Worker 2 | ps-1 | {"cluster":{"worker":{},"ps":["j-ps-1.ns.svc:2222"]},"task":{"type":"ps","index":1}}
          CFG-13 fixed | Worker 2 | worker-1 | {"cluster":{"worker":{"1":"j-worker-1.ns.svc:2222"},"ps":[]},"task":{"type":"worker","index":1}}
          CFG-14 | Chief 1, Worker 1 | chief-0 | {"cluster":{"worker":{},"ps":[]},"task":{"type":"chief","index":0}}
          """)
  void sparseNamesOnlyWhatIsNeeded(String id, String replicas, String pod, String config) {
    World world = World.of(replicas, "Never", "", "enableDynamicWorker: true").settle();
    assertThat(of(world, pod)).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource({"Worker 1", "Chief 1", "'Foo 1, Worker 1'", "'Worker 1, PS 0'"})
  void aSinglePodNeedsNone(String replicas) {
    World world = World.of(replicas, "Never", "", "").settle();
    String pod = replicas.contains("Worker") ? "worker-0" : "chief-0";
    assertThat(world.pod(pod).getSpec().getContainers().getFirst().getEnv()).isEmpty();
  }

  @Test
  void aSinglePodsOwnValueIsLeftAlone() {
    String yaml =
        World.yaml("Worker 1", "Never", "", "")
            .replace("image: i", "image: i, env: [{name: TF_CONFIG, value: mine}]");
    World world = new World(yaml).settle();
    assertThat(of(world, "worker-0")).isEqualTo("mine");
  }

  private static String of(World world, String pod) {
    List<EnvVar> environment = world.pod(pod).getSpec().getContainers().getFirst().getEnv();
    return environment.stream()
        .filter(variable -> variable.getName().equals("TF_CONFIG"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }
}
