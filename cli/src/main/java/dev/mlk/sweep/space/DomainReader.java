package dev.mlk.sweep.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the values of a parameter as users write them. */
public final class DomainReader {
  private static final int MOST_POINTS = 10_000;

  private DomainReader() {}

  /**
   * Reads {@code 0.01,0.1}, {@code 1e-4..1e-1:log} or {@code 16..256:int:4}.
   *
   * @throws IllegalArgumentException with a sentence when it is none of these
   */
  public static Domain read(String text) {
    int dots = text.indexOf("..");
    if (dots > 0 && text.indexOf(',') < 0) {
      return range(text, dots);
    }
    List<String> values = split(text);
    if (values.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("\"" + text + "\" has an empty value");
    }
    return new Domain.Choice(values);
  }

  private static Domain range(String text, int dots) {
    String[] parts = text.substring(dots + 2).split(":", -1);
    double low = number(text, text.substring(0, dots));
    double high = number(text, parts[0]);
    boolean log = false;
    boolean integer = false;
    Optional<Integer> points = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      switch (parts[i]) {
        case "log" -> log = true;
        case "int" -> integer = true;
        case "linear" -> log = false;
        default -> points = Optional.of(points(text, parts[i]));
      }
    }
    if (!(low < high)) {
      throw new IllegalArgumentException("the range " + text + " does not go up");
    }
    if (log && low <= 0) {
      throw new IllegalArgumentException(
          "the range " + text + " is logarithmic and must begin above 0");
    }
    if (integer && (low != Math.rint(low) || high != Math.rint(high))) {
      throw new IllegalArgumentException("the range " + text + " is of whole numbers");
    }
    return new Domain.Range(low, high, log, integer, points);
  }

  private static int points(String text, String word) {
    if (word.isEmpty() || word.length() > 5 || !word.chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException(
          "the range "
              + text
              + " ends with \""
              + word
              + "\"; a range is LOW..HIGH, then :log, :int, or the number of values, as in"
              + " 1e-4..1e-1:log:4");
    }
    int number = Integer.parseInt(word);
    if (number < 1 || number > MOST_POINTS) {
      throw new IllegalArgumentException("the range " + text + " has 1 to 10000 values");
    }
    return number;
  }

  private static double number(String text, String word) {
    try {
      double number = Double.parseDouble(word);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the range " + text + " needs numbers, and \"" + word + "\" is none", e);
    }
    throw new IllegalArgumentException("the range " + text + " must be finite");
  }

  /** Commas part values, but not inside brackets. */
  private static List<String> split(String text) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (c == ',' && depth <= 0) {
        values.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    values.add(text.substring(start).strip());
    return values;
  }
}
