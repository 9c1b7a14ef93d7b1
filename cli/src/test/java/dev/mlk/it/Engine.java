package dev.mlk.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * With which engine the installed program starts its clusters in this run: the property {@code
 * mlk.test.target} is {@code kubernetes} for the real control plane. Its programs are named by
 * {@code mlk.test.kube} or {@code MLK_TEST_KUBE}.
 */
final class Engine {
  private Engine() {}

  static boolean real() {
    return System.getProperty("mlk.test.target", "built-in").equals("kubernetes");
  }

  /** The folder of the real programs, if somebody named them. */
  static Optional<Path> programs() {
    String named = System.getProperty("mlk.test.kube", "");
    String path = named.isEmpty() ? System.getenv().getOrDefault("MLK_TEST_KUBE", "") : named;
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Path program = Path.of(path).toAbsolutePath();
    return Optional.of(Files.isDirectory(program) ? program : program.getParent());
  }

  /** What {@code cluster start} gets for it. */
  static List<String> options() {
    return List.of("--engine", "kubernetes", "--kubernetes-bin", needed().toString());
  }

  /** The folder; skips the running test, and says so, where there is none. */
  static Path needed() {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      String why = "no real control plane to test with: -Dmlk.test.kube=BINARY names one";
      System.out.println("SKIPPED " + why);
      Assumptions.abort(why);
    }
    return programs.orElseThrow();
  }
}
