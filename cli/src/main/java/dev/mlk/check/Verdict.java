package dev.mlk.check;

import dev.mlk.facts.Known;
import java.util.List;

/**
 * What a check says about one thing.
 *
 * @param outcome how it came out
 * @param object what it is about, such as {@code node/gpu-1}; empty for the cluster as a whole
 * @param seen what was seen, one sentence without a full stop
 * @param expected what should have been there; empty when it was
 * @param next the command or step that mends it, or makes it known; empty when nothing is to do
 */
public record Verdict(Outcome outcome, String object, String seen, String expected, String next) {
  public Verdict {
    seen = plain(seen);
    expected = plain(expected);
    next = plain(next);
  }

  /** Much of it was said by a server: no line ends, and nothing that a terminal would obey. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?").strip();
  }

  /** It is right. */
  public static Verdict pass(String seen) {
    return new Verdict(Outcome.PASS, "", seen, "", "");
  }

  /** One thing is right. */
  public static Verdict pass(String object, String seen) {
    return new Verdict(Outcome.PASS, object, seen, "", "");
  }

  /** It will do, but may not be what is wanted. */
  public static Verdict warn(String object, String seen, String expected, String next) {
    return new Verdict(Outcome.WARN, object, seen, expected, next);
  }

  /** It is not right. */
  public static Verdict fail(String object, String seen, String expected, String next) {
    return new Verdict(Outcome.FAIL, object, seen, expected, next);
  }

  /** What to say of a fact that could not be read. */
  static List<Verdict> unknown(Known.Unknown<?> unknown) {
    return List.of(skip(unknown.why(), unknown.next()));
  }

  /** It does not apply here, or cannot be known. */
  public static Verdict skip(String seen, String next) {
    return new Verdict(Outcome.SKIP, "", seen, "", next);
  }
}
