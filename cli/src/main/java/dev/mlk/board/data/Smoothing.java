package dev.mlk.board.data;

/**
 * TensorBoard's smoothing: an exponential moving average that is corrected for its beginning at
 * zero (Kingma and Ba, Adam, 2015, section 3). What is not finite stays as it is and counts for
 * nothing.
 */
public final class Smoothing {
  private Smoothing() {}

  /**
   * The smoothed values.
   *
   * @param weight how much the past counts, from 0, which changes nothing, to less than 1
   */
  public static double[] of(double[] values, double weight) {
    if (weight <= 0 || constant(values)) {
      return values;
    }
    double[] smoothed = new double[values.length];
    double average = 0;
    double rest = 1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        smoothed[i] = values[i];
        continue;
      }
      average = average * weight + (1 - weight) * values[i];
      rest *= weight;
      smoothed[i] = average / (1 - rest);
    }
    return smoothed;
  }

  /** A constant stays exactly what it is, without the dust of rounding. */
  private static boolean constant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
