package dev.mlk.course;

/**
 * What is said of one check. Much of it was said by a server: it is kept to one line each, without
 * anything that a terminal would obey.
 *
 * @param status how it stands; never REGRESSED
 * @param says the check in words: what holds when it passes
 * @param code what is the matter, such as {@code GPU-NEVER-FITS}; empty when nothing is
 * @param seen what was seen
 * @param expected what was expected; empty when it passed
 * @param why why it matters, or why it was skipped; may be empty
 * @param next what to try next; may be empty
 */
public record Verdict(
    Status status,
    String says,
    String code,
    String seen,
    String expected,
    String why,
    String next) {
  public Verdict {
    seen = plain(seen);
    expected = plain(expected);
    why = plain(why);
    next = plain(next);
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
  }

  /** It holds. */
  public static Verdict pass(String says, String seen) {
    return new Verdict(Status.PASS, says, "", seen, "", "", "");
  }

  /** This cluster cannot show it. */
  public static Verdict skip(String says, String why) {
    return new Verdict(Status.SKIP, says, "", "", "", why, "");
  }
}
