package dev.mlk.it;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A kubectl of this machine. Which ones: those that {@code MLK_TEST_KUBECTL} (current) and {@code
 * MLK_TEST_OLD_KUBECTL} (Debian's 1.20) name, otherwise the one on the PATH.
 *
 * @param label tells the clients apart, and names the client's namespace
 * @param program the binary; empty when there is none, and then the test is skipped
 */
record Kubectl(String label, String program) {
  static Stream<Kubectl> all() {
    List<Kubectl> all = new ArrayList<>();
    add(all, "current", System.getenv("MLK_TEST_KUBECTL"));
    add(all, "old", System.getenv("MLK_TEST_OLD_KUBECTL"));
    if (all.isEmpty()) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
        if (all.isEmpty()) {
          add(all, "path", folder + "/kubectl");
        }
      }
    }
    return all.isEmpty() ? Stream.of(new Kubectl("none", "")) : all.stream();
  }

  private static void add(List<Kubectl> all, String label, String program) {
    if (program != null && Files.isExecutable(Path.of(program))) {
      all.add(new Kubectl(label, program));
    }
  }

  /** Skips the test aloud when there is no kubectl. */
  void assumeThere() {
    // mlk itself needs no kubectl, so the README asks nobody to install one; .ci/run does.
    assumeFalse(
        program.isEmpty(), "SKIPPED: no kubectl on the PATH or in MLK_TEST_KUBECTL: " + label);
  }

  @Override
  public String toString() {
    return label;
  }
}
