package dev.mlk.practice.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every built-in kind. */
final class BuiltInKindsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void everyKindHasAsManyCellsAsColumns() {
    for (Kind kind : BuiltInKinds.all()) {
      ObjectNode object = Sample.object("{metadata: {name: 'a'}}");
      kind.rules().defaults(object);
      assertThat(kind.rules().cells(object, NOW))
          .as(kind.resource().qualifiedName())
          .hasSameSizeAs(kind.rules().columns());
    }
  }

  @Test
  void defaultsChangeNothingTheSecondTime() {
    for (Kind kind : BuiltInKinds.all()) {
      ObjectNode once = Sample.object("{metadata: {name: 'a', uid: 'u'}, spec: {}}");
      kind.rules().prepareCreate(once);
      kind.rules().defaults(once);
      ObjectNode twice = once.deepCopy();
      kind.rules().defaults(twice);
      assertThat(twice).as(kind.resource().qualifiedName()).isEqualTo(once);
    }
  }

  @Test
  void namesAreUniqueAndVerbsInOrder() {
    List<String> names = new ArrayList<>();
    for (Kind kind : BuiltInKinds.all()) {
      names.add(kind.resource().qualifiedName());
      assertThat(kind.verbs()).isSorted();
      kind.subresources().forEach(subresource -> assertThat(subresource.verbs()).isSorted());
    }
    assertThat(names).doesNotHaveDuplicates();
  }

  static Kind kind(String name) {
    return BuiltInKinds.all().stream()
        .filter(kind -> kind.resource().qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
