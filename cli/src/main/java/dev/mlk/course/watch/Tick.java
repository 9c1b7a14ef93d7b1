package dev.mlk.course.watch;

/**
 * A step as it stands.
 *
 * @param step its number, such as {@code 3.3}
 * @param title what it is about
 * @param minutes how long it is planned to take
 * @param optional whether the course goes on without it
 * @param mark how it stands
 * @param said what was found, when there is something to say
 */
public record Tick(String step, String title, int minutes, boolean optional, Mark mark, Said said) {
  /**
   * What was found; empty where there is nothing to say.
   *
   * @param code the code of the mistake
   * @param seen what was seen
   * @param expected what was expected
   * @param why why it matters
   * @param next what to try next
   */
  public record Said(String code, String seen, String expected, String why, String next) {
    /** Nothing. */
    public static final Said NOTHING = new Said("", "", "", "", "");
  }

  /** Whether there is nothing more to do here. */
  boolean settled() {
    return mark == Mark.PASSED || mark == Mark.SKIPPED;
  }
}
