package dev.mlk.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests of modules, tried on the pack of the tests: right, and with faults in it. */
@Tag("slow")
final class ContentCheckTest {
  private static final Path PACK = Path.of("src", "test", "resources", "course", "trials");

  private static final String WHERE =
      """
      apiVersion: mlk.dev/v1
      kind: Module
      name: where-1
      title: Where
      summary: Where am I?
      minutes: 1
      needs: []
      steps:
      - id: "1.1"
        title: Here
        minutes: 1
        checks:
        - text: {file: here.txt, matches: here}
          says: the learner is here
        - context: {rule: safe}
          says: the context is for learning
        - context: {rule: same}
          says: mlk and kubectl use one context
        - context: {rule: known}
          says: the server takes the credentials
        - access: {verbs: [create], resources: [pods]}
          says: pods may be made
        hints: [one, two, three, four]
        solution:
        - write: {file: here.txt, text: here}
        mistakes:
        - name: production
          code: CTX-UNSAFE
          seen: my-prod
          kubeconfig: {context: my-prod}
          inject:
          - write: {file: here.txt, text: here}
        - name: two
          code: CTX-MISMATCH
          seen: kubectl uses two
          kubeconfig: {context: one, current: two}
          inject:
          - write: {file: here.txt, text: here}
        - name: expired
          code: CTX-UNAUTHORIZED
          seen: Unauthorized
          kubeconfig: {context: one, token: old}
          inject:
          - write: {file: here.txt, text: here}
        - name: stranger
          code: RBAC
          seen: create pods
          kubeconfig: {context: one, as: stranger}
          inject:
          - write: {file: here.txt, text: here}
      """;

  @TempDir Path home;

  private static PracticeInProcess.Result check(PracticeInProcess cluster, Path pack) {
    return cluster.run(
        TestConsole.pipe(),
        Map.of("KUBECONFIG", cluster.kubeconfig().toString()),
        "content",
        "check",
        "--context",
        "mlk-practice",
        "--timeout",
        "10s",
        "--pack",
        pack.toAbsolutePath().toString());
  }

  @Test
  void thePackOfTheTestsPasses() throws IOException {
    try (PracticeInProcess cluster = PracticeInProcess.start(home)) {
      PracticeInProcess.Result result = check(cluster, PACK);
      assertThat(result.out()).contains("1 module, 4 steps, 9 checks, 11 mistakes");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
    }
  }

  @Test
  void aWrongKubeconfigIsRecognised() throws IOException {
    Path module = Files.createDirectories(home.resolve("pack/where-1"));
    Files.writeString(
        module.resolve("page.md"), "# Module 1: Where\n\nWhere am I?\n\n## 1.1 Here\n");
    Files.writeString(module.resolve("module.yaml"), WHERE);
    try (PracticeInProcess cluster = PracticeInProcess.start(home)) {
      PracticeInProcess.Result result = check(cluster, home.resolve("pack"));
      assertThat(result.out()).contains("1 steps, 5 checks, 4 mistakes");
      assertThat(result.code()).as(result.out() + result.err()).isZero();
    }
  }

  @Test
  void faultsOfAModuleAreFound() throws IOException {
    Path module = Files.createDirectories(home.resolve("pack/trial-1"));
    try (var files = Files.walk(PACK.resolve("trial-1"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = module.resolve(PACK.resolve("trial-1").relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    String text = Files.readString(module.resolve("module.yaml"));
    Files.writeString(
        module.resolve("module.yaml"),
        text.replace("value: \"99\"", "value: \"3\"")
            .replace("code: BYE\n    seen", "code: EYB\n    seen"));
    try (PracticeInProcess cluster = PracticeInProcess.start(home)) {
      PracticeInProcess.Result result = check(cluster, home.resolve("pack"));
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.out())
          .contains("1.2, mistake too-many: it should say WRONG-ANSWER, and says PASS")
          .contains("1.1, mistake bye: it should say EYB, and says BYE")
          .contains("wants the code EYB, which no check of the step can give");
    }
  }
}
