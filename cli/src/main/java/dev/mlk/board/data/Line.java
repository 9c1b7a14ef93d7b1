package dev.mlk.board.data;

/**
 * The kept numbers of one tag of one run, in the order in which they stand in the files; all arrays
 * have one element a number.
 *
 * @param run the run
 * @param tag the tag
 * @param steps training steps
 * @param times seconds since 1970
 * @param values the numbers, NaN and infinities among them
 * @param seen how many there were, kept or not
 */
public record Line(
    RunName run, String tag, long[] steps, double[] times, double[] values, long seen) {
  /** How many numbers are kept. */
  public int size() {
    return steps.length;
  }
}
