package dev.mlk.practice.cel;

/**
 * What all rules together may cost on one object: about a second. Once it is spent no rule runs any
 * more.
 */
public final class Budget {
  private static final long ALL = 10_000_000;

  private long left = ALL;

  /** Whether it is spent. */
  public boolean spent() {
    return left < 0;
  }

  /** Takes the cost of an expression; false when there was not so much left. */
  boolean take(long cost) {
    left = cost > left ? -1 : left - cost;
    return !spent();
  }

  /** Nothing runs any more. */
  void end() {
    left = -1;
  }
}
