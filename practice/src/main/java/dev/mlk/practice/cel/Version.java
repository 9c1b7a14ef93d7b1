package dev.mlk.practice.cel;

import dev.cel.runtime.CelEvaluationException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version (semver.org, 2.0.0).
 *
 * @param before the parts of its pre-release, none for a release
 */
record Version(BigInteger major, BigInteger minor, BigInteger patch, List<String> before)
    implements Comparable<Version> {
  private static final String NUMBER = "(0|[1-9][0-9]*)";
  private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern FORM =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + PART
              + "(?:\\."
              + PART
              + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern LETTERS = Pattern.compile("[0-9A-Za-z-]+");
  private static final Pattern LOOSE =
      Pattern.compile("v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?([-+].*)?");

  static boolean valid(String text) {
    return FORM.matcher(text).matches();
  }

  static Version parse(String text) throws CelEvaluationException {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new CelEvaluationException(problem(text));
    }
    return new Version(
        new BigInteger(form.group(1)),
        new BigInteger(form.group(2)),
        new BigInteger(form.group(3)),
        form.group(4) == null ? List.of() : List.of(form.group(4).split("\\.", -1)));
  }

  /** What is wrong with a text that is no version, in the words of the server's parser. */
  private static String problem(String text) {
    String[] parts = text.split("\\.", 3);
    if (text.isEmpty() || parts.length < 3) {
      return text.isEmpty() ? "Version string empty" : "No Major.Minor.Patch elements found";
    }
    int plus = parts[2].indexOf('+');
    String release = plus < 0 ? parts[2] : parts[2].substring(0, plus);
    int dash = release.indexOf('-');
    String patch = dash < 0 ? release : release.substring(0, dash);
    return wrong("Major", parts[0])
        .or(() -> wrong("Minor", parts[1]))
        .or(() -> wrong("Patch", patch))
        .or(() -> dash < 0 ? Optional.empty() : before(release.substring(dash + 1)))
        .orElseGet(() -> build(plus < 0 ? "" : parts[2].substring(plus + 1)));
  }

  private static Optional<String> wrong(String which, String number) {
    if (number.isEmpty()) {
      return Optional.of("strconv.ParseUint: parsing \"\": invalid syntax");
    }
    if (!DIGITS.matcher(number).matches()) {
      String name = which.toLowerCase(Locale.ROOT);
      return Optional.of("Invalid character(s) found in " + name + " number \"" + number + "\"");
    }
    return number.length() > 1 && number.startsWith("0")
        ? Optional.of(which + " number must not contain leading zeroes \"" + number + "\"")
        : Optional.empty();
  }

  private static Optional<String> before(String parts) {
    for (String part : parts.split("\\.", -1)) {
      if (part.isEmpty()) {
        return Optional.of("Prerelease is empty");
      }
      if (part.length() > 1 && part.startsWith("0") && DIGITS.matcher(part).matches()) {
        return Optional.of(
            "Numeric PreRelease version must not contain leading zeroes \"" + part + "\"");
      }
      if (!LETTERS.matcher(part).matches()) {
        return Optional.of("Invalid character(s) found in prerelease \"" + part + "\"");
      }
    }
    return Optional.empty();
  }

  private static String build(String parts) {
    for (String part : parts.split("\\.", -1)) {
      if (part.isEmpty()) {
        return "Build meta data is empty";
      }
      if (!LETTERS.matcher(part).matches()) {
        return "Invalid character(s) found in build meta data \"" + part + "\"";
      }
    }
    return "no version: " + parts;
  }

  /** Without a "v" in front and zeros too many, and with all three numbers. */
  static String normal(String text) {
    Matcher loose = LOOSE.matcher(text);
    if (!loose.matches()) {
      return text;
    }
    String rest = loose.group(4) == null ? "" : loose.group(4);
    if (loose.group(3) == null && !rest.isEmpty()) {
      return text;
    }
    return number(loose.group(1))
        + "."
        + number(loose.group(2))
        + "."
        + number(loose.group(3))
        + rest;
  }

  private static String number(String digits) {
    return digits == null ? "0" : new BigInteger(digits).toString();
  }

  @Override
  public int compareTo(Version other) {
    int order = major.compareTo(other.major);
    order = order != 0 ? order : minor.compareTo(other.minor);
    order = order != 0 ? order : patch.compareTo(other.patch);
    if (order != 0 || before.equals(other.before)) {
      return order;
    }
    if (before.isEmpty() || other.before.isEmpty()) {
      // What comes before a release is less than it.
      return before.isEmpty() ? 1 : -1;
    }
    for (int i = 0; i < Math.min(before.size(), other.before.size()); i++) {
      order = compare(before.get(i), other.before.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(before.size(), other.before.size());
  }

  /** Numbers are less than names. */
  private static int compare(String one, String other) {
    boolean number = one.chars().allMatch(Character::isDigit);
    boolean otherNumber = other.chars().allMatch(Character::isDigit);
    if (number && otherNumber) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == otherNumber ? Integer.signum(one.compareTo(other)) : number ? -1 : 1;
  }
}
