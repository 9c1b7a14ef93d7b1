package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.schema.ManagedFields.ApplyOptions;
import dev.mlk.practice.schema.ManagedFields.UpdateOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Laws of server-side apply, with configurations made by chance. {@code -Dfuzz.rounds=N} tries
 * more, {@code -Dfuzz.seed=N} repeats a run: the seed is in every failure.
 */
final class RandomAppliesTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 300);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RandomTrees trees = new RandomTrees(new SplittableRandom(SEED), 25);

  private record Kind(String group, String version, String name) {
    TypeSchema type() {
      return Schemas.builtIn().find(group, version, name).orElseThrow();
    }

    String apiVersion() {
      return group.isEmpty() ? version : group + "/" + version;
    }

    ObjectNode bare() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("apiVersion", apiVersion()).put("kind", name);
      object.putObject("metadata").put("name", "a");
      return object;
    }

    ObjectNode any(RandomTrees trees) {
      return trees.object(type(), apiVersion(), name);
    }

    ObjectNode apply(ObjectNode liveOrNull, ObjectNode wanted, String manager, int second) {
      return ManagedFields.apply(
          liveOrNull,
          wanted.deepCopy(),
          type(),
          new ApplyOptions(
              manager, apiVersion(), "", START.plusSeconds(second), true, List.of("status")));
    }
  }

  private static Kind kind(String groupOrCore, String version, String name) {
    return new Kind(groupOrCore.equals("core") ? "" : groupOrCore, version, name);
  }

  @ParameterizedTest
  @CsvSource({"core,v1,ConfigMap", "core,v1,Pod", "core,v1,Service", "apps,v1,Deployment"})
  void whatIsAppliedTwiceIsAppliedOnce(String group, String version, String name) {
    Kind kind = kind(group, version, name);
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode wanted = kind.any(trees.fitting());
      ObjectNode once = kind.apply(null, wanted, "alpha", 0);
      String about = "seed " + SEED + " " + wanted;

      assertThat(kind.apply(once, wanted, "alpha", 1)).as(about).isEqualTo(once);
      assertThat(content(once)).as(about).isEqualTo(content(wanted));
    }
  }

  @ParameterizedTest
  @CsvSource({"core,v1,ConfigMap", "core,v1,Pod", "core,v1,Service", "apps,v1,Deployment"})
  void whoGivesUpEverythingLeavesNothingOfHisOwn(String group, String version, String name) {
    Kind kind = kind(group, version, name);
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode one = kind.any(trees.fitting());
      ObjectNode other = kind.any(trees.fitting());
      ObjectNode first = kind.apply(null, one, "alpha", 0);
      ObjectNode both = kind.apply(first, other, "beta", 1);
      String about = "seed " + SEED + "\n  alpha " + one + "\n  beta " + other;

      assertThat(kind.apply(both, other, "beta", 2)).as(about).isEqualTo(both);
      ObjectNode without = kind.apply(both, kind.bare(), "alpha", 3);
      assertThat(kind.apply(without, other, "beta", 4)).as(about).isEqualTo(without);
      ObjectNode none = kind.apply(without, kind.bare(), "beta", 5);
      assertThat(content(none)).as(about).isEqualTo(kind.bare());
    }
  }

  @ParameterizedTest
  @CsvSource({"core,v1,ConfigMap", "core,v1,Pod", "core,v1,Service", "apps,v1,Deployment"})
  void whatDoesNotFitIsRefusedInWords(String group, String version, String name) {
    Kind kind = kind(group, version, name);
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode live = kind.apply(null, kind.any(trees.fitting()), "alpha", 0);
      ObjectNode before = live.deepCopy();
      ObjectNode wanted = kind.any(trees);
      applied += applied(kind, live, wanted).isPresent() ? 1 : 0;
      assertThat(live).as("seed %d %s", SEED, wanted).isEqualTo(before);
    }
    assertThat(applied).as("of %d, seed %d", ROUNDS, SEED).isBetween(1, ROUNDS - 1);
  }

  @ParameterizedTest
  @CsvSource({"core,v1,ConfigMap", "core,v1,Pod", "core,v1,Service", "apps,v1,Deployment"})
  void anUpdateOwnsWhatItChanged(String group, String version, String name) {
    Kind kind = kind(group, version, name);
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode live = kind.apply(null, kind.any(trees.fitting()), "alpha", 0);
      ObjectNode written = kind.any(trees.fitting());
      UpdateOptions options =
          new UpdateOptions("hand", kind.apiVersion(), "", START.plusSeconds(1), List.of("status"));
      ManagedFields.track(written, live, kind.type(), options);
      ObjectNode again = written.deepCopy();
      ManagedFields.track(again, written, kind.type(), options);

      assertThat(again).as("seed %d %s after %s", SEED, written, live).isEqualTo(written);
    }
  }

  private static Optional<ObjectNode> applied(Kind kind, ObjectNode live, ObjectNode wanted) {
    try {
      return Optional.of(kind.apply(live, wanted, "beta", 1));
    } catch (PatchException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(400, 500);
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  private static JsonNode content(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    ((ObjectNode) copy.path("metadata")).remove("managedFields");
    return copy;
  }
}
