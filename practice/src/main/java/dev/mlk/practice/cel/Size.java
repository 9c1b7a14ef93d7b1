package dev.mlk.practice.cel;

/**
 * How large a value may be, as {@code size()} counts: letters, bytes, items or entries. Numbers
 * that would be too large for their type stay the largest there is.
 */
record Size(long least, long most) {
  static final Size UNKNOWN = new Size(0, Long.MAX_VALUE);

  static Size of(long exactly) {
    return new Size(exactly, exactly);
  }

  Size plus(Size other) {
    return new Size(sum(least, other.least), sum(most, other.most));
  }

  Size times(Size other) {
    return new Size(product(least, other.least), product(most, other.most));
  }

  /** A size that holds both. */
  Size or(Size other) {
    return new Size(Math.min(least, other.least), Math.max(most, other.most));
  }

  /** The cost of the largest, at so much for each unit. */
  long cost(double each) {
    return cost(most, each);
  }

  static long cost(long units, double each) {
    double cost = Math.ceil(units * each);
    return cost >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) cost;
  }

  static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  static long product(long one, long other) {
    return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
  }
}
