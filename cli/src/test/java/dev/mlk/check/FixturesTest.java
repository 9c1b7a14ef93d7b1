package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every check has a fixture in which it passes, one in which it does not, and one in which it must
 * say that it cannot know. What has none is named here, with the reason.
 */
final class FixturesTest {
  /** What stays so on the healthy cluster: nobody has installed these, or nothing needs them. */
  static final Set<String> NEVER_GREEN =
      Set.of("api.deprecated", "gpu.operator", "systems.metrics", "systems.queue", "tfjob.waiting");

  /** These ask for nothing that a right is needed for; other fixtures keep the answer from them. */
  static final Set<String> KNOWN_TO_ANYBODY =
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
          "rights.verify",
          "rights.usage",
          "rights.exec",
          "rights.claims",
          "tfjob.definition",
          "tfjob.versions",
          "systems.found",
          "systems.queue",
          "systems.metrics");

  private static Set<String> ids() {
    List<Check<Facts>> checks = new ArrayList<>(Checks.all());
    checks.addAll(new Plan(2, 3).checks());
    Set<String> ids = new TreeSet<>();
    checks.forEach(check -> ids.add(check.id()));
    return ids;
  }

  private static Set<String> without(Predicate<String> covered, Set<Outcome> outcomes) {
    Set<String> missing = ids();
    missing.removeIf(covered);
    for (String file : List.of("broken.yaml", "answers.yaml")) {
      for (JsonNode fixture : World.documents(file).path(0)) {
        if (outcomes.contains(Outcome.valueOf(fixture.path("outcome").asString("")))) {
          missing.remove(fixture.path("check").asString(""));
        }
      }
    }
    return missing;
  }

  @Test
  void everyCheckPassesSomewhere() {
    Set<String> fixed = new TreeSet<>();
    World.documents("broken.yaml")
        .path(0)
        .forEach(fixture -> fixed.add(fixture.path("check").asString("")));
    // The healthy cluster is green, and every fix turns what it mends green.
    Set<String> healthy = new TreeSet<>(ids());
    healthy.removeIf(id -> NEVER_GREEN.contains(id) || id.startsWith("plan."));
    assertThat(without(id -> healthy.contains(id) || fixed.contains(id), Set.of(Outcome.PASS)))
        .isEmpty();
  }

  @Test
  void everyCheckFailsOrWarnsSomewhereUnlessItOnlyTells() {
    assertThat(without(_ -> false, Set.of(Outcome.FAIL, Outcome.WARN)))
        .containsExactlyInAnyOrder(
            // It tells what is installed.
            "systems.found",
            // What is not there is nobody's fault: they say SKIP and what would help.
            "systems.dcgm",
            "storage.shared",
            "rights.nodes");
  }

  @Test
  void everyCheckMustSayThatItCannotKnowSomewhere() {
    assertThat(without(id -> !KNOWN_TO_ANYBODY.contains(id), Set.of(Outcome.SKIP)))
        // A server that does not answer ends the command, with exit code 4.
        .containsExactly("api.reachable");
  }

  @Test
  void thereAreAtLeastSixtyBrokenClusters() {
    assertThat(World.documents("broken.yaml").path(0).size()).isGreaterThanOrEqualTo(60);
  }
}
