package dev.mlk.practice.testing;

import dev.mlk.practice.KubernetesCluster;
import dev.mlk.practice.KubernetesConfig;
import dev.mlk.practice.KubernetesConfig.Parts;
import dev.mlk.practice.kubernetes.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The real control plane for tests. Its programs are named by the property {@code mlk.test.kube} or
 * the variable {@code MLK_TEST_KUBE}: the one program that {@code testbed/} builds, or a folder.
 */
public final class RealPrograms {
  private RealPrograms() {}

  /** The programs; empty when nobody named any. */
  public static Optional<Programs> find() {
    String named = System.getProperty("mlk.test.kube", "");
    String path = named.isEmpty() ? System.getenv().getOrDefault("MLK_TEST_KUBE", "") : named;
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Path program = Path.of(path);
    return Optional.of(
        new Programs(program.toFile().isDirectory() ? program : program.getParent()));
  }

  /** The programs; the running test is skipped, and says so, when nobody named any. */
  public static Programs needed() {
    Optional<Programs> found = find();
    if (found.isEmpty()) {
      String why = "no real control plane to test against: -Dmlk.test.kube=BINARY names one";
      System.out.println("SKIPPED " + why);
      Assumptions.abort(why);
    }
    return found.orElseThrow();
  }

  /** Starts a cluster of real programs in a folder. */
  public static KubernetesCluster start(Path folder, Parts parts) throws IOException {
    return KubernetesCluster.start(
        new KubernetesConfig("test", folder, 0, needed(), parts, InstantSource.system(), _ -> {}));
  }
}
