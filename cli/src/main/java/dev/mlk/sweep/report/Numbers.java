package dev.mlk.sweep.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/** Numbers as people read them. */
public final class Numbers {
  private static final MathContext SHORT = new MathContext(5);

  private Numbers() {}

  /** At most five digits that count. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SHORT).stripTrailingZeros();
    double size = Math.abs(value);
    return size != 0 && (size < 1e-5 || size >= 1e9) ? rounded.toString() : rounded.toPlainString();
  }

  /** The same, or a dash where there is none. */
  public static String of(OptionalDouble value) {
    return value.isPresent() ? of(value.getAsDouble()) : "-";
  }
}
