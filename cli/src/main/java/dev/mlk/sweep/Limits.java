package dev.mlk.sweep;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;

/** Reads limits as users write them. */
final class Limits {
  private static final int MOST = 500;

  private Limits() {}

  /** How many trials at once; 0 for {@code auto}. */
  static int parallel(String text) {
    if (text.equals("auto")) {
      return 0;
    }
    boolean number =
        !text.isEmpty() && text.length() < 6 && text.chars().allMatch(Character::isDigit);
    int value = number ? Integer.parseInt(text) : 0;
    if (value < 1 || value > MOST) {
      throw new Problem.Usage(
          Explanation.of("--parallel takes a number from 1 to " + MOST + ", or auto, not " + text));
    }
    return value;
  }
}
