package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Breaks a healthy cluster in many ways, one at a time: the check must say so, name the object and
 * the way out, and turn green when that way is taken.
 */
final class ClusterCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /**
   * What stays so on the healthy cluster: nobody has installed these, nothing needs them, or no
   * agent measures.
   */
  private static final Set<String> NEVER_GREEN_HERE =
      Set.of("api.deprecated", "systems.metrics", "systems.queue", "tfjob.waiting");

  /** These ask for nothing that a right is needed for. */
  private static final Set<String> KNOWN_TO_ANYBODY =
      Set.of(
          "api.reachable",
          "api.version",
          "api.certificates",
          "api.clock",
          "api.extensions",
          "rights.identity",
          "rights.jobs",
          "rights.why",
          "rights.logs",
          "rights.sweep",
          "rights.tensorboard",
          "rights.exec",
          "rights.claims",
          "tfjob.definition",
          "tfjob.versions",
          "systems.found",
          "systems.queue");

  @TempDir private static Path folder;
  private static World world;

  @BeforeAll
  static void start() throws IOException {
    world = World.start(folder.resolve("cluster"));
    List<Check<Facts>> checks =
        Checks.all().stream().filter(check -> !NEVER_GREEN_HERE.contains(check.id())).toList();
    settled("", "default", checks, Outcome.PASS);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static List<Report.Row> look(String user, String namespace, List<Check<Facts>> checks) {
    try {
      return Checks.run(checks, world.facts(user, namespace));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachWayToBreakIsRecognisedAndItsFixTurnsItGreen() {
    return World.documents("broken.yaml")
        .path(0)
        .valueStream()
        .map(one -> DynamicTest.dynamicTest(one.path("title").asString(""), () -> play(one)));
  }

  private static void play(JsonNode fixture) {
    String id = fixture.path("check").asString("");
    List<Check<Facts>> checks = new ArrayList<>(Checks.all());
    if (fixture.has("for")) {
      checks.addAll(new Plan(fixture.path("for").asInt(), 3).checks());
    }
    List<Check<Facts>> one = Checks.only(checks, List.of(id));
    String user = fixture.path("as").asString("");
    String namespace = fixture.path("namespace").asString("default");
    world.at(fixture.path("later").asString("0s"));
    try {
      world.play(fixture.path("break"));
      Outcome outcome = Outcome.valueOf(fixture.path("outcome").asString(""));
      List<String> says =
          fixture.path("says").valueStream().map(said -> said.asString("")).toList();
      List<Report.Row> rows = settled(user, namespace, one, outcome, says);
      assertThat(words(rows, outcome)).contains(says);
      world.play(fixture.path("fix"));
      List<Report.Row> green = settled(user, namespace, one, Outcome.PASS);
      assertThat(green).allMatch(row -> row.verdict().outcome() == Outcome.PASS);
    } finally {
      world.at("0s");
      world.play(fixture.path("undo"));
    }
  }

  private static List<Report.Row> settled(
      String user, String namespace, List<Check<Facts>> checks, Outcome expected) {
    return settled(user, namespace, checks, expected, List.of());
  }

  /**
   * Looks until the worst verdict is the expected one, in these words: controllers need a moment.
   */
  private static List<Report.Row> settled(
      String user,
      String namespace,
      List<Check<Facts>> checks,
      Outcome expected,
      List<String> says) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      world.kubelet();
      List<Report.Row> rows = look(user, namespace, checks);
      if (worst(rows) == expected && says.stream().allMatch(words(rows, expected)::contains)) {
        return rows;
      }
      if (System.nanoTime() > end) {
        return fail(
            "expected "
                + expected
                + " "
                + says
                + ", got "
                + rows.stream().filter(r -> r.verdict().outcome() != Outcome.PASS).toList());
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static Outcome worst(List<Report.Row> rows) {
    for (Outcome outcome : List.of(Outcome.FAIL, Outcome.WARN, Outcome.SKIP)) {
      if (rows.stream().anyMatch(row -> row.verdict().outcome() == outcome)) {
        return outcome;
      }
    }
    return Outcome.PASS;
  }

  private static String words(List<Report.Row> rows, Outcome outcome) {
    var text = new StringBuilder();
    for (Report.Row row : rows) {
      Verdict verdict = row.verdict();
      if (verdict.outcome() == outcome) {
        text.append(verdict.object()).append('\n').append(verdict.seen()).append('\n');
        text.append(verdict.expected()).append('\n').append(verdict.next()).append('\n');
        if (outcome != Outcome.PASS) {
          assertThat(verdict.expected()).as(row.check().id()).isNotEmpty();
          assertThat(verdict.next()).as(row.check().id()).isNotEmpty();
        }
      }
    }
    return text.toString();
  }

  @Test
  void whoMayNothingIsToldThatItCannotBeKnownAndNeverThatAllIsWell() {
    for (Report.Row row : look("nobody", "default", Checks.all())) {
      if (!KNOWN_TO_ANYBODY.contains(row.check().id())) {
        assertThat(row.verdict().outcome()).as(row.toString()).isEqualTo(Outcome.SKIP);
      }
    }
  }

  @Test
  void everyCheckHasAFixtureThatBreaksItUnlessNothingCan() {
    Set<String> covered = new TreeSet<>();
    World.documents("broken.yaml")
        .path(0)
        .forEach(fixture -> covered.add(fixture.path("check").asString("")));
    Set<String> missing = new TreeSet<>();
    Checks.all().forEach(check -> missing.add(check.id()));
    missing.removeAll(covered);
    assertThat(missing)
        .containsExactlyInAnyOrder(
            // They cannot fail: they tell what there is, or a fixture needs another server.
            "api.reachable",
            "api.version",
            "api.extensions",
            "api.deprecated",
            "rights.identity",
            "rights.nodes",
            "storage.shared",
            "systems.dcgm",
            "systems.found",
            "systems.metrics");
  }
}
