package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mlk.format.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Breaks a healthy cluster in many ways, one at a time: the check must say so, name the object and
 * the way out, and turn green when that way is taken.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokenClusters {
  /** Seen without certificates, whose dates differ from run to run. */
  private static final JsonNode PLAIN = Json.object().put("plain", true);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @TempDir private static Path folder;
  private World world;
  private List<Report.Row> fresh;

  /** A healthy cluster in a folder. */
  abstract World start(Path empty) throws IOException;

  /** Whether fixtures that take long are played too. */
  abstract boolean slow();

  /** Why a fixture cannot be played here; empty where it can. */
  abstract String unfit(JsonNode fixture);

  @BeforeAll
  void start() throws IOException {
    world = start(folder.resolve("cluster"));
    List<Check<Facts>> checks =
        Checks.all().stream()
            .filter(check -> !FixturesTest.NEVER_GREEN.contains(check.id()))
            .toList();
    settled("", "default", checks, Outcome.PASS);
    try {
      fresh = Checks.run(Checks.all(), world.facts(PLAIN));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What all checks say of the healthy cluster, before it is broken for the first time. */
  final List<Report.Row> fresh() {
    return fresh;
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
  }

  private List<Report.Row> look(String user, String namespace, List<Check<Facts>> checks) {
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

  private void play(JsonNode fixture) {
    String unfit = unfit(fixture);
    if (!unfit.isEmpty()) {
      System.out.println("LEFT OUT \"" + fixture.path("title").asString("") + "\": " + unfit);
      Assumptions.abort(unfit);
    }
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

  private List<Report.Row> settled(
      String user, String namespace, List<Check<Facts>> checks, Outcome expected) {
    return settled(user, namespace, checks, expected, List.of());
  }

  /**
   * Looks until the worst verdict is the expected one, in these words: controllers need a moment.
   */
  private List<Report.Row> settled(
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

  @TestFactory
  Stream<DynamicTest> whatAServerSaysIsJudgedAndWhatItDoesNotSayIsNotKnown() {
    return World.documents("answers.yaml")
        .path(0)
        .valueStream()
        .filter(one -> slow() || !one.path("slow").asBoolean(false))
        .map(one -> DynamicTest.dynamicTest(one.path("title").asString(""), () -> hear(one)));
  }

  private void hear(JsonNode fixture) throws InterruptedException {
    List<Check<Facts>> one = Checks.only(Checks.all(), List.of(fixture.path("check").asString("")));
    Outcome outcome = Outcome.valueOf(fixture.path("outcome").asString(""));
    List<Report.Row> rows = Checks.run(one, world.facts(fixture));
    assertThat(rows).hasSize(1);
    Verdict verdict = rows.getFirst().verdict();
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(outcome);
    assertThat(
            String.join("\n", verdict.object(), verdict.seen(), verdict.expected(), verdict.next()))
        .contains(fixture.path("says").valueStream().map(said -> said.asString("")).toList());
    if (outcome == Outcome.FAIL || outcome == Outcome.WARN) {
      assertThat(verdict.expected()).isNotEmpty();
      assertThat(verdict.next()).isNotEmpty();
    }
  }

  @Test
  void whoMayNothingIsToldThatItCannotBeKnownAndNeverThatAllIsWell() {
    List<Check<Facts>> checks = new ArrayList<>(Checks.all());
    checks.addAll(new Plan(2, 3).checks());
    for (Report.Row row : look("nobody", "default", checks)) {
      if (!FixturesTest.KNOWN_TO_ANYBODY.contains(row.check().id())) {
        assertThat(row.verdict().outcome()).as(row.toString()).isEqualTo(Outcome.SKIP);
      }
    }
  }
}
