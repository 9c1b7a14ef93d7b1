package dev.mlk.it;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a {@link Script} expects of a command.
 *
 * @param lines the lines of its output, with gaps
 * @param code its exit code
 */
record ExpectedOutput(List<String> lines, int code) {
  private static final String GLOB = " (glob)";
  private static final String EXPRESSION = " (re)";
  private static final Pattern BLANKS = Pattern.compile(" +");

  ExpectedOutput {
    lines = List.copyOf(lines);
  }

  boolean matches(Shell.Answer answer) {
    return answer.code() == code && matches(lines, answer.lines());
  }

  private static boolean matches(List<String> expected, List<String> actual) {
    if (expected.isEmpty()) {
      return actual.isEmpty();
    }
    String first = expected.getFirst();
    List<String> rest = expected.subList(1, expected.size());
    if (first.equals("...")) {
      for (int skipped = 0; skipped <= actual.size(); skipped++) {
        if (matches(rest, actual.subList(skipped, actual.size()))) {
          return true;
        }
      }
      return false;
    }
    return !actual.isEmpty()
        && matchesLine(first, actual.getFirst())
        && matches(rest, actual.subList(1, actual.size()));
  }

  private static boolean matchesLine(String expected, String actual) {
    if (expected.endsWith(EXPRESSION)) {
      return Pattern.matches(
          expected.substring(0, expected.length() - EXPRESSION.length()), actual);
    }
    if (expected.endsWith(GLOB)) {
      String glob = oneBlank(expected.substring(0, expected.length() - GLOB.length()));
      return Pattern.matches(
          Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), oneBlank(actual));
    }
    return expected.stripTrailing().equals(actual.stripTrailing());
  }

  private static String oneBlank(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }
}
