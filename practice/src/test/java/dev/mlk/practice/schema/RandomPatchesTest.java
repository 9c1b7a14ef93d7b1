package dev.mlk.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Laws of patches, with documents and patches made by chance. {@code -Dfuzz.rounds=N} tries more,
 * {@code -Dfuzz.seed=N} repeats a run: the seed is in every failure.
 */
final class RandomPatchesTest {
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1500);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final TypeSchema DEPLOYMENT =
      Schemas.builtIn().find("apps", "v1", "Deployment").orElseThrow();
  private static final List<String> OPERATIONS =
      List.of("add", "remove", "replace", "move", "copy", "test", "jump");

  private final RandomTrees trees = new RandomTrees(new SplittableRandom(SEED), 12);

  @Test
  void aJsonPatchIsAppliedOrRefusedAndLeavesItsDocumentAlone() {
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode document = container();
      JsonNode before = document.deepCopy();
      ArrayNode patch = NODES.arrayNode();
      for (int i = round % 3; i >= 0; i--) {
        patch.add(operation(document));
      }
      applied += refusedOr(() -> Patches.json(document, patch)).isPresent() ? 1 : 0;
      assertThat(document).as(about(before, patch)).isEqualTo(before);
    }
    assertThat(applied).as("of %d, seed %d", ROUNDS, SEED).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void whatAJsonPatchAddsItCanTestMoveAndRemove() {
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode document = object();
      JsonNode value = trees.free(1);
      String there = pointer("new/member");
      String moved = pointer("moved~member");
      JsonNode added = Patches.json(document, one("add", there, value));

      assertThat(Patches.json(added, one("test", there, value))).isEqualTo(added);
      assertThatThrownBy(
              () -> Patches.json(added, one("test", there, NODES.stringNode("something else"))))
          .isInstanceOf(PatchException.class);
      assertThat(Patches.json(added, one("remove", there, null))).isEqualTo(document);
      JsonNode copied = Patches.json(added, from("copy", there, moved));
      assertThat(Patches.json(copied, one("remove", there, null)))
          .isEqualTo(Patches.json(added, from("move", there, moved)));
    }
  }

  @Test
  void aMergePatchSaysWhatItWantsAndSayingItTwiceIsSayingItOnce() {
    for (int round = 0; round < ROUNDS; round++) {
      JsonNode document = container();
      JsonNode patch = trees.free(0);
      JsonNode before = document.deepCopy();
      refusedOr(() -> Patches.merge(document, patch))
          .ifPresent(
              once ->
                  assertThat(Patches.merge(once, patch)).as(about(before, patch)).isEqualTo(once));
      assertThat(document).isEqualTo(before);
    }
  }

  @Test
  void theDifferenceOfTwoDocumentsMakesTheSecondOfTheFirst() {
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode from = withoutNulls(object());
      ObjectNode to = withoutNulls(object());

      assertThat(Patches.merge(from, difference(from, to))).as(about(from, to)).isEqualTo(to);
    }
  }

  @Test
  void aStrategicPatchIsAppliedOrRefusedAndLeavesItsDocumentAlone() {
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode document = deployment(trees);
      ObjectNode patch = deployment(trees);
      direct(patch, 6);
      JsonNode before = document.deepCopy();
      JsonNode wanted = patch.deepCopy();
      applied +=
          refusedOr(() -> Patches.strategic(document, patch, DEPLOYMENT)).isPresent() ? 1 : 0;
      assertThat(document).as(about(before, wanted)).isEqualTo(before);
      assertThat(patch).as(about(before, wanted)).isEqualTo(wanted);
    }
    assertThat(applied).as("of %d, seed %d", ROUNDS, SEED).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void aStrategicPatchWithoutDirectivesSaidTwiceIsSaidOnce() {
    int applied = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ObjectNode document = deployment(trees.fitting());
      ObjectNode patch = deployment(trees.fitting());
      Optional<JsonNode> once = refusedOr(() -> Patches.strategic(document, patch, DEPLOYMENT));
      once.ifPresent(
          result ->
              assertThat(Patches.strategic(result, patch, DEPLOYMENT))
                  .as(about(document, patch))
                  .isEqualTo(result));
      applied += once.isPresent() ? 1 : 0;
      assertThat(Patches.strategic(document, NODES.objectNode(), DEPLOYMENT)).isEqualTo(document);
    }
    assertThat(applied).as("of %d, seed %d", ROUNDS, SEED).isGreaterThan(ROUNDS / 2);
  }

  private JsonNode container() {
    JsonNode tree = trees.free(0);
    return tree.isContainer() ? tree : object();
  }

  private ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    for (int i = 0; i < 3; i++) {
      object.set(trees.word(), trees.free(0));
    }
    return object;
  }

  private static ObjectNode deployment(RandomTrees trees) {
    return trees.object(DEPLOYMENT, "apps/v1", "Deployment");
  }

  /** The result; empty when the patch was refused in the way that callers expect. */
  private static Optional<JsonNode> refusedOr(Supplier<JsonNode> patch) {
    try {
      return Optional.of(patch.get());
    } catch (PatchException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(400, 422, 500);
      assertThat(e.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  private static String about(JsonNode document, JsonNode patch) {
    return "seed " + SEED + "\n  document " + document + "\n  patch " + patch;
  }

  private JsonNode operation(JsonNode document) {
    if (trees.oneIn(40)) {
      return trees.free(1);
    }
    ObjectNode operation = NODES.objectNode();
    operation.put("op", trees.any(OPERATIONS));
    operation.set("path", place(document));
    if (!trees.oneIn(5)) {
      operation.set("value", trees.free(1));
      operation.set("from", place(document));
    }
    return operation;
  }

  /** A place that is there, or nearly. */
  private JsonNode place(JsonNode document) {
    if (trees.oneIn(40)) {
      return trees.free(2);
    }
    StringBuilder pointer = new StringBuilder();
    JsonNode at = document;
    while (at.isContainer() && !at.isEmpty() && !trees.oneIn(4)) {
      String name;
      if (at.isObject()) {
        name = trees.any(new ArrayList<>(at.propertyNames()));
        at = at.get(name);
      } else {
        int index = trees.oneIn(2) ? 0 : at.size() - 1;
        name = String.valueOf(index);
        at = at.get(index);
      }
      pointer.append('/').append(escaped(name));
    }
    if (trees.oneIn(3)) {
      pointer.append('/').append(trees.word());
    }
    return NODES.stringNode(pointer.toString());
  }

  private static String pointer(String member) {
    return "/" + escaped(member);
  }

  private static String escaped(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }

  private static ArrayNode one(String operation, String path, JsonNode valueOrNull) {
    ArrayNode patch = NODES.arrayNode();
    ObjectNode only = patch.addObject().put("op", operation).put("path", path);
    if (valueOrNull != null) {
      only.set("value", valueOrNull);
    }
    return patch;
  }

  private static ArrayNode from(String operation, String from, String path) {
    ArrayNode patch = one(operation, path, null);
    ((ObjectNode) patch.get(0)).put("from", from);
    return patch;
  }

  private static ObjectNode withoutNulls(ObjectNode object) {
    object.removeIf(JsonNode::isNull);
    object.forEach(
        child -> {
          if (child instanceof ObjectNode inner) {
            withoutNulls(inner);
          }
        });
    return object;
  }

  /** The merge patch from one object to another. */
  private static ObjectNode difference(ObjectNode from, ObjectNode to) {
    ObjectNode patch = NODES.objectNode();
    for (String name : from.propertyNames()) {
      if (!to.has(name)) {
        patch.putNull(name);
      }
    }
    for (String name : to.propertyNames()) {
      JsonNode old = from.get(name);
      JsonNode now = to.get(name);
      if (old instanceof ObjectNode before && now instanceof ObjectNode after) {
        patch.set(name, difference(before, after));
      } else if (!now.equals(old)) {
        patch.set(name, now);
      }
    }
    return patch;
  }

  /** Puts directives, right and wrong ones, into some of the maps. */
  private void direct(JsonNode tree, int rarity) {
    List<String> lists = new ArrayList<>();
    if (tree instanceof ObjectNode map) {
      map.properties()
          .forEach(
              member -> {
                if (member.getValue().isArray()) {
                  lists.add(member.getKey());
                }
              });
      if (trees.oneIn(rarity)) {
        JsonNode word = NODES.stringNode(trees.any(List.of("replace", "delete", "merge", "jump")));
        map.set("$patch", trees.oneIn(5) ? trees.free(2) : word);
      }
      if (trees.oneIn(rarity)) {
        map.set("$retainKeys", names(map));
      }
      for (String list : lists) {
        if (trees.oneIn(2)) {
          map.set("$setElementOrder/" + list, trees.oneIn(5) ? trees.free(1) : map.get(list));
        }
        if (trees.oneIn(rarity)) {
          map.set("$deleteFromPrimitiveList/" + list, trees.free(1));
        }
      }
    }
    for (JsonNode child : List.copyOf(children(tree))) {
      direct(child, rarity);
    }
  }

  private JsonNode names(ObjectNode map) {
    if (trees.oneIn(4)) {
      return trees.free(1);
    }
    ArrayNode names = NODES.arrayNode();
    map.propertyNames().forEach(names::add);
    return names;
  }

  private static List<JsonNode> children(JsonNode tree) {
    List<JsonNode> children = new ArrayList<>();
    tree.forEach(children::add);
    return children;
  }
}
