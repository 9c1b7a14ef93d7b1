package dev.mlk.practice.schema;

import java.time.YearMonth;
import java.util.Optional;

/** Reads RFC 3339 times as Go's time package does, with its words for what is wrong. */
final class GoTime {
  private static final String SECONDS = "2006-01-02T15:04:05Z07:00";
  private static final String MICROSECONDS = "2006-01-02T15:04:05.000000Z07:00";

  private final String text;
  private final String layout;
  private int at;
  private String problem;

  private GoTime(String text, String layout) {
    this.text = text;
    this.layout = layout;
  }

  /** What is wrong with a time; empty when it is fine. */
  static Optional<String> problem(String text, boolean microseconds) {
    GoTime time = new GoTime(text, microseconds ? MICROSECONDS : SECONDS);
    time.read(microseconds);
    return Optional.ofNullable(time.problem);
  }

  private void read(boolean microseconds) {
    int year = number("2006", 4);
    literal("-");
    int month = number("01", 2);
    range("month", month, 1, 12);
    literal("-");
    int day = number("02", 2);
    literal("T");
    range("hour", number("15", 2), 0, 23);
    literal(":");
    range("minute", number("04", 2), 0, 59);
    literal(":");
    range("second", number("05", 2), 0, 59);
    if (microseconds) {
      literal(".000000");
    } else {
      fraction();
    }
    zone();
    if (problem == null && at < text.length()) {
      problem = head() + ": extra text: " + quoted(text.substring(at));
    }
    if (problem == null && (day < 1 || day > YearMonth.of(year, month).lengthOfMonth())) {
      problem = head() + ": day out of range";
    }
  }

  private int number(String element, int digits) {
    if (problem != null) {
      return 0;
    }
    int end = at + digits;
    int value = 0;
    for (int i = at; i < end; i++) {
      if (i >= text.length() || text.charAt(i) < '0' || text.charAt(i) > '9') {
        return fail(element);
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    at = end;
    return value;
  }

  private void literal(String expected) {
    if (problem != null) {
      return;
    }
    if (expected.equals(".000000")) {
      boolean there = at + 7 <= text.length() && text.charAt(at) == '.';
      for (int i = at + 1; there && i < at + 7; i++) {
        there = Character.isDigit(text.charAt(i));
      }
      if (!there) {
        fail(expected);
        return;
      }
      at += 7;
    } else if (text.startsWith(expected, at)) {
      at += expected.length();
    } else {
      fail(expected);
    }
  }

  /** A fraction may follow the seconds even where the layout has none. */
  private void fraction() {
    if (problem != null || at + 1 >= text.length() || text.charAt(at) != '.') {
      return;
    }
    int end = at + 1;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    at = end > at + 1 ? end : at;
  }

  private void zone() {
    if (problem != null) {
      return;
    }
    if (text.startsWith("Z", at)) {
      at++;
      return;
    }
    boolean signed = at + 6 <= text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
    if (!signed || text.charAt(at + 3) != ':') {
      fail("Z07:00");
      return;
    }
    at += 6;
  }

  private void range(String what, int value, int low, int high) {
    if (problem == null && (value < low || value > high)) {
      problem = head() + ": " + what + " out of range";
    }
  }

  private int fail(String element) {
    problem =
        head()
            + " as "
            + quoted(layout)
            + ": cannot parse "
            + quoted(text.substring(at))
            + " as "
            + quoted(element);
    return 0;
  }

  private String head() {
    return "parsing time " + quoted(text);
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
