package dev.mlk.course.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.cluster.PracticeInProcess.Result;
import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.DocumentedFields;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import dev.mlk.format.Json;
import dev.mlk.kube.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The board through a real API, as learners and instructors use it. */
final class BoardOnPracticeTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;
  private static Connection connection;
  private static Invocation invocation;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    invocation =
        new Invocation(
            TestConsole.pipe().console(),
            GlobalOptions.NONE,
            Map.of(
                "KUBECONFIG", cluster.kubeconfig().toString(),
                "HOME", home.toString()),
            home,
            InstantSource.system());
    connection =
        new Connections(
                invocation,
                _ -> {
                  throw new IllegalStateException("the kubeconfig names the cluster");
                })
            .open();
    namespace("mlk");
  }

  @AfterAll
  static void stop() throws IOException {
    connection.close();
    cluster.close();
  }

  @AfterEach
  void leave() {
    cluster.run("board", "leave");
  }

  private static void namespace(String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    connection.client().create(Resources.NAMESPACES, "", object);
  }

  private static Presence.Standing at(String step, String code) {
    return new Presence.Standing("module-3", step, code, 1, 14, 52, Duration.ofMinutes(71));
  }

  private static Presence presence(InstantSource clock) {
    return new Presence(invocation.state(), connection.client(), "mlk", clock);
  }

  @Test
  void whoHasNotJoinedIsNotSeen() {
    presence(InstantSource.system()).tell(() -> at("3.3", "GPU-NO-LIMIT"));
    assertThat(cluster.run("board").out()).startsWith("Nobody is on the board.");
  }

  @Test
  void aLearnerJoinsIsSeenAndLeaves() {
    Result joined = cluster.run("board", "join", "--as-name", "Ada Lovelace");
    assertThat(joined.code()).as(joined.err()).isZero();
    presence(InstantSource.system()).tell(() -> at("3.3", "GPU-NO-LIMIT"));
    assertThat(cluster.run("board").out())
        .contains("1 learner: 1 in module-3", "Ada Lovelace", "GPU-NO-LIMIT", "14/52");
    assertThat(cluster.run("board", "--module", "module-4").out()).startsWith("Nobody");
    assertThat(cluster.run("board", "leave").out()).isEqualTo("You are off the board.\n");
    assertThat(cluster.run("board").out()).startsWith("Nobody is on the board.");
    assertThat(cluster.run("board", "leave").out()).isEqualTo("You were not on the board.\n");
  }

  @Test
  void theTimeAtAStepGoesOnWhileTheCodeIsTheSame() {
    cluster.run("board", "join", "--as-name", "ada");
    Instant start = Instant.parse("2026-11-23T10:00:00Z");
    presence(InstantSource.fixed(start)).tell(() -> at("3.3", "GPU-NO-LIMIT"));
    Instant later = start.plus(Duration.ofMinutes(12));
    presence(InstantSource.fixed(later)).tell(() -> at("3.3", "GPU-NO-LIMIT"));
    Note note = new Notes(connection.client()).read("mlk").getFirst();
    assertThat(note.at(later)).isEqualTo(Duration.ofMinutes(12));
    assertThat(note.updated()).isEqualTo(later);
    presence(InstantSource.fixed(later)).tell(() -> at("3.3", "TAINT"));
    assertThat(new Notes(connection.client()).read("mlk").getFirst().at(later)).isZero();
  }

  @Test
  void whatTheBoardKnowsIsNotWrittenAgain() {
    cluster.run("board", "join", "--as-name", "ada");
    Instant start = Instant.parse("2026-11-23T10:00:00Z");
    presence(InstantSource.fixed(start)).tell(() -> at("3.3", ""));
    String version = version();
    presence(InstantSource.fixed(start.plusSeconds(20))).tell(() -> at("3.3", ""));
    assertThat(version()).isEqualTo(version);
    presence(InstantSource.fixed(start.plusSeconds(600))).tell(() -> at("3.3", ""));
    assertThat(version()).isNotEqualTo(version);
  }

  private static String version() {
    return connection
        .client()
        .get(Resources.CONFIG_MAPS, "mlk", "mlk-board-ada")
        .path("metadata")
        .path("resourceVersion")
        .asString("");
  }

  @Test
  void aBoardThatCannotBeWrittenStandsInNobodysWay() {
    cluster.run("board", "join", "--as-name", "ada");
    new Presence(invocation.state(), connection.client(), "not-there", InstantSource.system())
        .tell(() -> at("3.3", ""));
    assertThat(cluster.run("board").code()).isZero();
  }

  @Test
  void aRoomOfTwoHundredIsReadInAFewRequestsAndShown() {
    Notes notes = new Notes(connection.client());
    Instant now = invocation.clock().instant();
    for (int i = 0; i < 200; i++) {
      Note.Place place =
          new Note.Place(
              "module-5",
              "5.2",
              i % 4 == 0 ? "TF-CONTAINER-NAME" : "NOT-STARTED",
              now.minus(Duration.ofMinutes(i % 4 == 0 ? 20 : 2)),
              0);
      notes.write(new Note("learner-" + i, "mlk", place, i % 50, 52, 60, now));
    }
    try {
      long start = System.nanoTime();
      Result result = cluster.run("board");
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(result.out())
          .startsWith("200 learners: 200 in module-5\n  50 stuck over 10m on 5.2 with TF-CONT")
          .contains("learner-199 ");
      assertThat(took).isLessThan(Duration.ofSeconds(10));
      JsonNode document = Json.read(cluster.run("board", "-o", "json").out());
      assertThat(document.path("items")).hasSize(200);
      assertThat(document.path("stuck").get(0).path("learners")).hasSize(50);
    } finally {
      for (int i = 0; i < 200; i++) {
        notes.remove("mlk", "learner-" + i);
      }
    }
  }

  @Test
  void everyFieldOfTheDocumentIsDescribedAndNoOther() throws IOException {
    cluster.run("board", "join", "--as-name", "ada");
    presence(InstantSource.fixed(invocation.clock().instant().minus(Duration.ofMinutes(20))))
        .tell(() -> at("3.3", "TAINT"));
    JsonNode document = Json.read(cluster.run("board", "-o", "json").out());
    assertThat(document.path("stuck")).hasSize(1);
    assertThat(DocumentedFields.documented("board.md", "JSON"))
        .isEqualTo(DocumentedFields.of(document));
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(cluster.run("board", "--stuck", "0").code()).isEqualTo(2);
    assertThat(cluster.run("board", "-w", "-o", "json").code()).isEqualTo(2);
    assertThat(cluster.run("board", "join", "--as-name", " ").code()).isEqualTo(2);
    assertThat(cluster.run("board", "join", "--as-name", "x".repeat(41)).code()).isEqualTo(2);
  }
}
