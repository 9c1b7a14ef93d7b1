package dev.mlk.course;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.console.TestConsole;
import dev.mlk.format.Json;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.tfjob.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The workshop as a learner walks through it, with the pack of the tests. */
final class WorkshopTest {
  private static final Path PACK = Path.of("src", "test", "resources", "course", "trials");
  private static final Path MODULES = Path.of("..", "modules");

  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  @TempDir static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static PracticeInProcess.Result run(String namespace, String... words) {
    return run(PACK, namespace, words);
  }

  private static PracticeInProcess.Result run(Path pack, String namespace, String... words) {
    return run(pack, InstantSource.system(), namespace, words);
  }

  private static PracticeInProcess.Result run(
      Path pack, InstantSource clock, String namespace, String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "-n";
    all[words.length + 1] = namespace;
    Map<String, String> environment = new HashMap<>();
    environment.put("MLK_PACK", pack.toAbsolutePath().toString());
    environment.put("MLK_WORKSHOP", home.resolve("files-" + namespace).toString());
    return cluster.run(TestConsole.pipe(), environment, clock, all);
  }

  @Test
  void aStepIsFailedSolvedPassedBrokenAndReset() {
    assertThat(run("walk", "module", "start", "trial-1").out())
        .contains("Module 1: A trial")
        .contains("1.1 A Job that says hello")
        .doesNotContain("1.2 ");

    PracticeInProcess.Result first = run("walk", "verify", "1.1");
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out())
        .contains("NS-MISSING")
        .contains("kubectl create namespace walk")
        .contains("expected")
        .contains("why");

    PracticeInProcess.Result solved = run("walk", "module", "solve", "1.1", "--yes");
    assertThat(solved.out()).contains("kind: Job").contains("ok 1.1");
    assertThat(solved.code()).isZero();
    assertThat(run("walk", "verify", "1.1").code()).isZero();
    assertThat(run("walk", "module", "list", "--steps").out()).contains("assisted").contains("1/3");

    try (ApiClient api = cluster.client()) {
      JsonNode metadata = api.get(Resources.JOBS, "walk", "hello").path("metadata");
      assertThat(metadata.path("labels").path("mlk.dev/owned").asString()).isEqualTo("trial-1");
      // What kubectl would have noted, so that it can take over from here.
      assertThat(metadata.path("annotations").path(APPLIED).asString())
          .contains("--log=hello")
          .doesNotContain("mlk.dev");
      api.delete(Resources.JOBS, "walk", "hello", Json.object());
    }
    assertThat(run("walk", "verify", "1.1", "-o", "json").out()).contains("REGRESSED");
    assertThat(run("walk", "module", "list", "--steps").out()).contains("1/3");

    PracticeInProcess.Result reset = run("walk", "module", "reset", "1.1");
    assertThat(reset.code()).as(reset.err()).isZero();
    assertThat(reset.err()).contains("Your files are in");
    assertThat(run("walk", "verify", "1.1").out()).contains("NOT-APPLIED");
    assertThat(run("walk", "module", "list", "--steps").out()).doesNotContain("assisted");
  }

  @Test
  void whoeverSaysNothingForAMinuteGetsNowhere() {
    Path pack = PACK.resolveSibling("silent");
    InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(2));
    assertThat(run(pack, "silent", "module", "solve", "1.1", "--yes").out()).contains("kind: Pod");
    Eventually.within(
        Duration.ofSeconds(60),
        "the silence is told",
        () -> run(pack, later, "silent", "verify", "1.1").out().contains("NO-PROGRESS"));
    assertThat(run(pack, "silent", "verify", "1.1").out()).doesNotContain("NO-PROGRESS");
  }

  @Test
  void nobodyWaitsForALineOfAProgramThatHasEnded() {
    Path pack = PACK.resolveSibling("silent");
    run(pack, "brief", "module", "solve", "1.2", "--yes");
    assertThat(run(pack, "brief", "verify", "1.2", "--wait").out())
        .contains("LOG-ENDED")
        .contains("the program has ended; the last line is: ")
        .doesNotContain("NOT-YET");
  }

  @Test
  void theShapeOfAManifestKeepsItsIndentation() {
    assertThat(run("shape", "module", "hint", "1.1", "--all").out())
        .contains("\n  - name: main\n    args: [");
  }

  @Test
  void whoeverBeginsWithALaterModuleGoesOnThere() {
    assertThat(run(MODULES, "ahead", "module", "next").out()).contains("0.1 ");
    assertThat(run(MODULES, "ahead", "module", "start", "module-2").code()).isZero();
    assertThat(run(MODULES, "ahead", "module", "next").out())
        .contains("2.1 ")
        .doesNotContain("0.1 ");
  }

  @Test
  void aModuleCanBeBegunAtAnyOfItsSteps() {
    PracticeInProcess.Result begun = run("middle", "module", "start", "1.2");
    assertThat(begun.code()).as(begun.err()).isZero();
    assertThat(begun.out()).contains("Module 1: A trial", "1.2 ").doesNotContain("1.1 ");
    assertThat(begun.err()).contains("mlk verify 1.2");
    assertThat(run("middle", "module", "start", "1.9").code()).isEqualTo(3);
  }

  @Test
  void hintsGoFromWhatIsTheMatterToTheCommand() {
    PracticeInProcess.Result one = run("hints", "module", "hint", "1.2");
    assertThat(one.out()).contains("has no answer yet").contains("Hint 1 of 4");
    assertThat(run("hints", "module", "hint", "1.2").out()).contains("Hint 2 of 4");
    assertThat(run("hints", "module", "hint", "1.2", "--all").out()).contains("mlk answer nodes 3");
    assertThat(run("hints", "module", "list", "-o", "json").out()).contains("\"hints\" : 4");
  }

  @Test
  void anAnswerIsComparedWithTheCluster() {
    assertThat(run("quiz", "answer", "nodes", "99").out())
        .contains("WRONG-ANSWER")
        .contains("you answered 99");
    assertThat(run("quiz", "answer", "nodes", "3").code()).isZero();
    PracticeInProcess.Result unknown = run("quiz", "answer", "node", "3");
    assertThat(unknown.code()).isEqualTo(3);
    assertThat(unknown.err()).contains("did you mean nodes?");
  }

  @Test
  void whatTheClusterCannotShowIsSkippedAndNeverGreen() {
    PracticeInProcess.Result result = run("gpu", "verify", "1.4", "-o", "json");
    assertThat(result.out()).contains("\"status\" : \"SKIP\"").contains("needs a real GPU");
    assertThat(result.out()).doesNotContain("PASS");
    assertThat(run("gpu", "module", "list", "-o", "json").out()).doesNotContain("passedAt");
  }

  @Test
  void aVerdictIsADocumentForProgramsToo() throws IOException {
    Path file = home.resolve("verify.xml");
    PracticeInProcess.Result result =
        run("junit", "verify", "trial-1", "-o", "junit=" + file.toString());
    assertThat(result.code()).isEqualTo(1);
    assertThat(Files.readString(file))
        .contains("testsuite")
        .contains("name=\"1.2 Count the nodes\"")
        .contains("type=\"NOT-ANSWERED\"");
  }

  @Test
  void wrongNamesAreAnsweredWithTheNearest() {
    PracticeInProcess.Result result = run("names", "verify", "trial-2");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("did you mean trial-1?");
    assertThat(run("names", "verify", "trial-1.9").err()).contains("1.1, 1.2, 1.3, 1.4");
  }
}
