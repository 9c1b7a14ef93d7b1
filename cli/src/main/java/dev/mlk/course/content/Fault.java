package dev.mlk.course.content;

/**
 * Something wrong with a module.
 *
 * @param module the module
 * @param step the step; empty when it is about the module
 * @param test which test found it, such as {@code mistake bye}
 * @param what what is wrong
 */
public record Fault(String module, String step, String test, String what) {
  /** On one line. */
  public String line() {
    return module + (step.isEmpty() ? "" : " " + step) + ", " + test + ": " + what;
  }
}
