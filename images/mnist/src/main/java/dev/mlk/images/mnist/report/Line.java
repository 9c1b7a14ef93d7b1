package dev.mlk.images.mnist.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** One line of {@code name=value} words. */
public final class Line {
  private final StringBuilder text = new StringBuilder();

  private Line() {}

  /** A line that begins with this word. */
  public static Line of(String name, Object value) {
    return new Line().with(name, value);
  }

  /** A line without words yet. */
  public static Line start() {
    return new Line();
  }

  /** And this word. */
  public Line with(String name, Object value) {
    if (!text.isEmpty()) {
      text.append(' ');
    }
    text.append(name).append('=').append(value);
    return this;
  }

  /** And this number, with so many decimals. */
  public Line with(String name, double value, int decimals) {
    if (!Double.isFinite(value)) {
      return with(name, value);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    return with(name, rounded.toPlainString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
