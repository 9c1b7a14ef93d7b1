package dev.mlk.practice.testing;

import dev.mlk.practice.ControlPlane;
import dev.mlk.practice.KubernetesConfig.Parts;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;

/**
 * Which control plane the behavioural tests run against. The property {@code mlk.test.target} says
 * it: {@code built-in}, {@code parts} or {@code kubernetes}. The latter two need the real programs,
 * which {@code mlk.test.kube} or {@code MLK_TEST_KUBE} names.
 */
public enum Target {
  /** The built-in engine; each test has a cluster of its own. */
  BUILT_IN,
  /** The project's own controllers and scheduler on real etcd and kube-apiserver. */
  PARTS,
  /** The engine {@code kubernetes}: nothing of the control plane is the project's own. */
  KUBERNETES;

  /** The one that this run is for. */
  public static Target chosen() {
    String name = System.getProperty("mlk.test.target", "built-in");
    return switch (name) {
      case "built-in", "" -> BUILT_IN;
      case "parts" -> PARTS;
      case "kubernetes" -> KUBERNETES;
      default -> throw new IllegalArgumentException("no target \"" + name + "\"");
    };
  }

  /**
   * A cluster without nodes. Where real programs run, one cluster serves all tests of this JVM, one
   * after the other; closing it removes what a test has left.
   *
   * @param folder where a cluster of the test's own lives
   */
  public static ControlPlane start(Path folder, InstantSource clock) throws IOException {
    return switch (chosen()) {
      case BUILT_IN -> PracticeCluster.start(PracticeConfig.of("test", folder).clock(clock));
      case PARTS -> SharedCluster.of(Parts.OWN);
      case KUBERNETES -> SharedCluster.of(Parts.KUBERNETES);
    };
  }

  /** Leaves out a test on other targets, with the reason. */
  public static void only(Target needed, String why) {
    if (chosen() != needed) {
      Assumptions.abort("only for the target " + needed + ": " + why);
    }
  }

  /** Leaves out a test on one target, with the reason. */
  public static void not(Target unfit, String why) {
    if (chosen() == unfit) {
      Assumptions.abort("not for the target " + unfit + ": " + why);
    }
  }
}
