package dev.mlk.sweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ImportanceTest {
  @Test
  void aParameterThatExplainsEverythingHasAllOfIt() {
    assertThat(Importance.share(List.of(List.of(1.0, 1.0), List.of(2.0, 2.0)))).hasValue(1);
  }

  @Test
  void aParameterThatExplainsNothingHasNothing() {
    assertThat(Importance.share(List.of(List.of(1.0, 2.0), List.of(1.0, 2.0)))).hasValue(0);
  }

  @Test
  void theShareIsKelleysEpsilonSquared() {
    // Means 1, 2, 3; within 2 + 2 + 2 = 6, between 2 * (1 + 0 + 1) = 4, total 10;
    // with n = 6 and k = 3: 1 - (6 / 3) / (10 / 5) = 0. With the middle group at rest, within is 4
    // and total 8: 1 - (4 / 3) / (8 / 5) = 1 / 6.
    assertThat(Importance.share(List.of(List.of(0.0, 2.0), List.of(1.0, 3.0), List.of(2.0, 4.0))))
        .hasValue(0);
    assertThat(
            Importance.share(List.of(List.of(0.0, 2.0), List.of(2.0, 2.0), List.of(2.0, 4.0)))
                .orElseThrow())
        .isCloseTo(1 / 6.0, Offset.offset(1e-12));
  }

  @Test
  void tooFewTrialsTellNothing() {
    assertThat(Importance.share(List.of(List.of(1.0), List.of(2.0), List.of(3.0)))).isEmpty();
    assertThat(Importance.share(List.of(List.of(1.0, 2.0, 3.0, 4.0)))).isEmpty();
  }
}
