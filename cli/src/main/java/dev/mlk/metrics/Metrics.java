package dev.mlk.metrics;

/** One way to show what is read. */
interface Metrics {
  /** What it shows. */
  Reading reading();

  /**
   * Prints what there is; called again, what is new.
   *
   * @param more whether it will be called again
   */
  void print(boolean more);
}
