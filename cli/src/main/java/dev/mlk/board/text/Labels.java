package dev.mlk.board.text;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for eyes: four digits. */
final class Labels {
  private static final MathContext SHORT = new MathContext(4);

  private Labels() {}

  static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(value).round(SHORT).stripTrailingZeros();
    double magnitude = Math.abs(value);
    return magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e7)
        ? rounded.toString()
        : rounded.toPlainString();
  }
}
