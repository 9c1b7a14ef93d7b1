package dev.mlk.practice.store;

/**
 * How far back the log of changes reaches; whichever is reached first counts.
 *
 * @param changes number of changes
 * @param bytes bytes of their values
 */
public record Limits(int changes, long bytes) {
  /** Enough for slow watchers and paged lists, little beside the heap. */
  public static final Limits DEFAULT = new Limits(10_000, 16L << 20);
}
