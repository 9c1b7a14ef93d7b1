package dev.mlk.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DecimalTextTest {
  @Test
  void usualNumbersHaveNoExponent() {
    assertThat(DecimalText.of(1763848000.123456)).isEqualTo("1763848000.123456");
    assertThat(DecimalText.of(1e-5)).isEqualTo("0.00001");
    assertThat(DecimalText.of(-0.00012)).isEqualTo("-0.00012");
    assertThat(DecimalText.of(12345678.0)).isEqualTo("12345678.0");
    assertThat(DecimalText.of(1e16)).isEqualTo("10000000000000000.0");
    assertThat(DecimalText.of(1e300)).isEqualTo("1.0E300");
    assertThat(DecimalText.of(Double.NaN)).isEqualTo("NaN");
    assertThat(DecimalText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }

  @Test
  void everyTextReadsBackAsTheSameDouble() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      double value =
          i % 2 == 0
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
      double read = Double.parseDouble(DecimalText.of(value));
      assertThat(Double.compare(read, value)).as("%s", value).isZero();
    }
  }
}
