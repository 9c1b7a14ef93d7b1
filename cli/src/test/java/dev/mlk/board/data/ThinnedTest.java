package dev.mlk.board.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ThinnedTest {
  private static List<Long> kept(Thinned<String> thinned) {
    return thinned.all().stream().map(Stamped::step).toList();
  }

  private static void add(Thinned<String> thinned, long from, long to) {
    for (long step = from; step < to; step++) {
      thinned.add(new Stamped<>(step, step, "x"));
    }
  }

  @Test
  void fewAreAllKept() {
    Thinned<String> thinned = new Thinned<>(4);
    add(thinned, 0, 4);
    assertThat(kept(thinned)).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void manyAreKeptEvenlyAndTheNewestAlways() {
    Thinned<String> thinned = new Thinned<>(4);
    add(thinned, 0, 12);
    assertThat(kept(thinned)).containsExactly(0L, 4L, 8L, 11L);
    add(thinned, 12, 1000);
    assertThat(kept(thinned)).hasSizeLessThanOrEqualTo(5).startsWith(0L).endsWith(999L);
  }

  @Test
  void whatARestartOverwritesIsForgotten() {
    Thinned<String> thinned = new Thinned<>(4);
    add(thinned, 0, 12);
    thinned.forgetFrom(5);
    assertThat(kept(thinned)).containsExactly(0L, 4L);
    add(thinned, 5, 10);
    assertThat(kept(thinned)).startsWith(0L, 4L).endsWith(9L);
  }

  @Test
  void everythingMayBeForgotten() {
    Thinned<String> thinned = new Thinned<>(4);
    add(thinned, 3, 6);
    thinned.forgetFrom(0);
    assertThat(kept(thinned)).isEmpty();
    add(thinned, 0, 2);
    assertThat(kept(thinned)).containsExactly(0L, 1L);
  }
}
