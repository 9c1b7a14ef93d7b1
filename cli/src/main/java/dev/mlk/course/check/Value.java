package dev.mlk.course.check;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The value of an expression: a text that may be a number.
 *
 * @param text as people write it
 */
public record Value(String text) {
  static Value of(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return new Value((plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString());
  }

  static Value of(long number) {
    return new Value(Long.toString(number));
  }

  static Value of(boolean truth) {
    return new Value(Boolean.toString(truth));
  }

  /** The number that it is; empty for other texts. */
  public Optional<BigDecimal> number() {
    try {
      return Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  BigDecimal orZero() {
    return number().orElse(BigDecimal.ZERO);
  }

  boolean truth() {
    return text.equals("true");
  }

  int compare(Value other) {
    Optional<BigDecimal> left = number();
    Optional<BigDecimal> right = other.number();
    return left.isPresent() && right.isPresent()
        ? left.get().compareTo(right.get())
        : text.compareTo(other.text);
  }
}
