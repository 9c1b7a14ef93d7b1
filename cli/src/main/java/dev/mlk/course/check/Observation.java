package dev.mlk.course.check;

/**
 * What one look showed.
 *
 * @param outcome whether it holds
 * @param seen what was seen, or why it could not be looked at
 * @param expected what should have been seen
 * @param code the code of the failure where the check itself knows; else empty
 */
public record Observation(Outcome outcome, String seen, String expected, String code) {
  /** Whether it holds. */
  public enum Outcome {
    HOLDS,
    NOT,
    /** It cannot be known here. */
    UNKNOWN
  }

  static Observation holds(String seen) {
    return new Observation(Outcome.HOLDS, seen, "", "");
  }

  static Observation not(String seen, String expected) {
    return new Observation(Outcome.NOT, seen, expected, "");
  }

  static Observation not(String seen, String expected, String code) {
    return new Observation(Outcome.NOT, seen, expected, code);
  }

  static Observation unknown(String why) {
    return new Observation(Outcome.UNKNOWN, why, "", "");
  }

  static Observation of(boolean holds, String seen, String expected) {
    return holds ? holds(seen) : not(seen, expected);
  }

  /** Whether it holds. */
  public boolean holds() {
    return outcome == Outcome.HOLDS;
  }
}
