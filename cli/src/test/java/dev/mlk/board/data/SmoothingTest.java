package dev.mlk.board.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SmoothingTest {
  @Test
  void theFirstValueStaysAndLaterOnesAreWeighedAgainstThePast() {
    double[] smoothed = Smoothing.of(new double[] {1, 2, 3}, 0.5);
    // (0.5 * 1) / 0.5; (0.25 * 1 + 0.5 * 2) / 0.75; (0.125 * 1 + 0.25 * 2 + 0.5 * 3) / 0.875
    assertThat(smoothed)
        .containsExactly(new double[] {1, 1.25 / 0.75, 2.125 / 0.875}, within(1e-12));
  }

  @Test
  void whatIsNotFiniteStaysAndCountsForNothing() {
    double[] with = Smoothing.of(new double[] {1, Double.NaN, 2, Double.POSITIVE_INFINITY, 3}, 0.5);
    double[] without = Smoothing.of(new double[] {1, 2, 3}, 0.5);
    assertThat(with[1]).isNaN();
    assertThat(with[3]).isInfinite();
    assertThat(new double[] {with[0], with[2], with[4]}).containsExactly(without);
  }

  @Test
  void aConstantStaysExactlyWhatItIs() {
    assertThat(Smoothing.of(new double[] {0.1, 0.1, 0.1}, 0.9)).containsExactly(0.1, 0.1, 0.1);
  }

  @Test
  void noWeightChangesNothing() {
    double[] values = {3, 1, 2};
    assertThat(Smoothing.of(values, 0)).isSameAs(values);
  }
}
