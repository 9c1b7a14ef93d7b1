package dev.mlk.events;

/**
 * Doubles as decimal text: the shortest that reads back as the same double, without an exponent
 * from a millionth up to 10^21, as spreadsheets and scripts like it.
 */
public final class DecimalText {
  private static final int SMALLEST = -7;
  private static final int LARGEST = 21;

  private DecimalText() {}

  /** Adds the number; {@code NaN}, {@code Infinity} and {@code -Infinity} by these names. */
  public static void append(StringBuilder text, double value) {
    if (value == (long) value && Math.abs(value) < 1e15) {
      if (value == 0 && 1 / value < 0) {
        text.append('-');
      }
      text.append((long) value).append(".0");
      return;
    }
    String shortest = Double.toString(value);
    int e = shortest.indexOf('E');
    if (e < 0) {
      text.append(shortest);
      return;
    }
    int exponent = Integer.parseInt(shortest, e + 1, shortest.length(), 10);
    if (exponent < SMALLEST || exponent >= LARGEST) {
      text.append(shortest);
      return;
    }
    int start = 0;
    if (shortest.charAt(0) == '-') {
      text.append('-');
      start = 1;
    }
    // One digit, a point, digits: d.ddd
    String fraction = shortest.substring(start + 2, e);
    String digits = shortest.charAt(start) + (fraction.equals("0") ? "" : fraction);
    if (exponent < 0) {
      text.append("0.").repeat('0', -exponent - 1).append(digits);
    } else if (digits.length() <= exponent + 1) {
      text.append(digits).repeat('0', exponent + 1 - digits.length()).append(".0");
    } else {
      text.append(digits, 0, exponent + 1).append('.');
      text.append(digits, exponent + 1, digits.length());
    }
  }

  /** The number as text. */
  public static String of(double value) {
    StringBuilder text = new StringBuilder(24);
    append(text, value);
    return text.toString();
  }
}
