package dev.mlk.sweep.search;

/** The normal distribution. */
final class Normal {
  private Normal() {}

  /**
   * The share below a value, to seven digits (Abramowitz and Stegun, Handbook of Mathematical
   * Functions, 1964, formula 26.2.17).
   */
  static double below(double value) {
    double x = Math.abs(value);
    double t = 1 / (1 + 0.2316419 * x);
    double poly =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double above = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * poly;
    return value >= 0 ? 1 - above : above;
  }
}
