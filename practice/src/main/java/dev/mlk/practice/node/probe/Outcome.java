package dev.mlk.practice.node.probe;

/**
 * What came of a probe or a hook.
 *
 * @param result how it went
 * @param message what to tell of it; empty after a success
 */
public record Outcome(Result result, String message) {
  /** How a probe went. */
  public enum Result {
    /** Well. */
    SUCCESS,
    /** Well, with something to tell. */
    WARNING,
    /** The container answered badly or not at all. */
    FAILURE,
    /** The container could not be asked. */
    ERROR
  }

  static Outcome success() {
    return new Outcome(Result.SUCCESS, "");
  }

  static Outcome warning(String message) {
    return new Outcome(Result.WARNING, message);
  }

  static Outcome failure(String message) {
    return new Outcome(Result.FAILURE, message);
  }

  static Outcome error(String message) {
    return new Outcome(Result.ERROR, message);
  }

  /** Whether it counts as a success. */
  public boolean well() {
    return result == Result.SUCCESS || result == Result.WARNING;
  }
}
