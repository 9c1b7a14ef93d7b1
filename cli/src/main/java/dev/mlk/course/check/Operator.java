package dev.mlk.course.check;

import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/** How a value is compared. */
public enum Operator {
  EQUALS("equals", ""),
  NOT("not", "anything but "),
  IN("in", "one of "),
  NOT_IN("notIn", "none of "),
  MATCHES("matches", "something like "),
  NOT_MATCHES("notMatches", "nothing like "),
  CONTAINS("contains", "something with "),
  EXISTS("exists", "a value"),
  ABSENT("absent", "no value"),
  AT_LEAST("atLeast", "at least "),
  AT_MOST("atMost", "at most "),
  ABOVE("above", "more than "),
  BELOW("below", "less than "),
  UNIQUE("unique", "a different value each time"),
  TIME("time", "a time");

  private final String word;
  private final String words;

  Operator(String word, String words) {
    this.word = word;
    this.words = words;
  }

  /** As modules write it. */
  public String word() {
    return word;
  }

  /** The operator of that word. */
  public static Optional<Operator> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
  }

  /** Whether it needs a value to compare with. */
  public boolean compares() {
    return this != EXISTS && this != ABSENT && this != UNIQUE && this != TIME;
  }

  /** What is expected, in words. */
  public String expects(JsonNode wanted) {
    return words + (compares() ? text(wanted) : "");
  }

  /** Whether values found are as wanted: all of them, at least one; or any of them. */
  boolean test(List<JsonNode> values, JsonNode wanted, boolean any) {
    return switch (this) {
      case EXISTS -> !values.isEmpty();
      case ABSENT -> values.isEmpty();
      case UNIQUE -> {
        Set<String> different = new HashSet<>();
        yield !values.isEmpty() && values.stream().map(Operator::text).allMatch(different::add);
      }
      default ->
          !values.isEmpty()
              && (any
                  ? values.stream().anyMatch(value -> test(value, wanted))
                  : values.stream().allMatch(value -> test(value, wanted)));
    };
  }

  /** Whether one value is as wanted. */
  boolean test(JsonNode value, JsonNode wanted) {
    return switch (this) {
      case EQUALS -> same(value, wanted);
      case NOT -> !same(value, wanted);
      case IN -> isIn(value, wanted);
      case NOT_IN -> !isIn(value, wanted);
      case MATCHES -> Pattern.compile(text(wanted)).matcher(text(value)).find();
      case NOT_MATCHES -> !Pattern.compile(text(wanted)).matcher(text(value)).find();
      case CONTAINS -> contains(value, wanted);
      case EXISTS, UNIQUE -> true;
      case ABSENT -> false;
      case AT_LEAST, AT_MOST, ABOVE, BELOW -> compare(value, wanted);
      case TIME -> isTime(value);
    };
  }

  private boolean compare(JsonNode value, JsonNode wanted) {
    Optional<BigDecimal> left = number(value);
    Optional<BigDecimal> right = number(wanted);
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    int order = left.get().compareTo(right.get());
    return switch (this) {
      case AT_LEAST -> order >= 0;
      case AT_MOST -> order <= 0;
      case ABOVE -> order > 0;
      default -> order < 0;
    };
  }

  private static boolean same(JsonNode value, JsonNode wanted) {
    if (value.isValueNode() && wanted.isValueNode()) {
      String left = text(value);
      String right = text(wanted);
      if (left.equals(right)) {
        return true;
      }
      Optional<BigDecimal> one = number(value);
      Optional<BigDecimal> other = number(wanted);
      return one.isPresent() && other.isPresent() && one.get().compareTo(other.get()) == 0;
    }
    return value.equals(wanted);
  }

  private static boolean isIn(JsonNode value, JsonNode wanted) {
    for (JsonNode one : wanted) {
      if (same(value, one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(JsonNode value, JsonNode wanted) {
    return value.isArray() ? isIn(wanted, value) : text(value).contains(text(wanted));
  }

  private static boolean isTime(JsonNode value) {
    try {
      Instant.parse(text(value));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** A number, or a quantity of Kubernetes such as {@code 500m}, as a number. */
  static Optional<BigDecimal> number(JsonNode value) {
    return value.isNumber()
        ? Optional.of(value.decimalValue())
        : Quantity.parse(text(value)).map(Quantity::amount);
  }

  /** A value as people write it. */
  public static String text(JsonNode value) {
    if (value.isValueNode()) {
      return value.isNull() ? "null" : value.asString("");
    }
    return value.toString();
  }

  /** What is wrong with a regular expression; empty when nothing is. */
  public static String wrongPattern(String text) {
    try {
      Pattern.compile(text);
      return "";
    } catch (PatternSyntaxException e) {
      return e.getDescription() + " in the regular expression " + text;
    }
  }
}
