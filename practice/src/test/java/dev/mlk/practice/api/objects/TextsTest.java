package dev.mlk.practice.api.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextsTest {
  private final Texts.Shared shared = new Texts.Shared();

  @Test
  void textsAreFoundByTheirNames() {
    Texts texts = Texts.of(Map.of("app", "mnist", "tier", ""), shared);
    assertThat(texts.get("app")).isEqualTo("mnist");
    assertThat(texts.get("tier")).isEmpty();
    assertThat(texts.get("mnist")).isNull();
    assertThat(Texts.of(Map.of(), shared).get("app")).isNull();
  }

  @Test
  void equalTextsOfManyAreOneInMemoryHoweverManyOthersThereAre() {
    assertThat(shared.same("wor".concat("ker"))).isSameAs(shared.same("wor".concat("ker")));
    for (int i = 0; i < 5_000; i++) {
      assertThat(shared.same("name-" + i)).isEqualTo("name-" + i);
    }
  }
}
