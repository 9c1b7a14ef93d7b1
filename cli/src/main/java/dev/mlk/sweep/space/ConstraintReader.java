package dev.mlk.sweep.space;

import java.util.Map;
import java.util.TreeSet;

/** Reads a {@link Constraint} by recursive descent, lowest precedence first. */
final class ConstraintReader {
  private static final String[][] LEVELS = {
    {"||"}, {"&&"}, {"==", "!=", "<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/", "%"}
  };
  private static final int DEEPEST = 100;
  private final String text;
  private final Map<String, String> names;
  private int at;
  private int depth;

  ConstraintReader(String text, Map<String, String> names) {
    this.text = text;
    this.names = names;
  }

  Constraint.Node read() {
    Constraint.Node root = level(0);
    blanks();
    if (at < text.length()) {
      throw wrong("cannot read \"" + text.substring(at) + "\"");
    }
    return root;
  }

  private Constraint.Node level(int level) {
    if (level == LEVELS.length) {
      return single();
    }
    Constraint.Node left = level(level + 1);
    while (true) {
      String operator = operator(LEVELS[level]);
      if (operator.isEmpty()) {
        return left;
      }
      left = joined(operator, left, level(level + 1));
    }
  }

  private String operator(String[] candidates) {
    blanks();
    for (String candidate : candidates) {
      if (text.startsWith(candidate, at)) {
        at += candidate.length();
        return candidate;
      }
    }
    return "";
  }

  private Constraint.Node joined(String operator, Constraint.Node left, Constraint.Node right) {
    return switch (operator) {
      case "||" -> point -> truth(left, point) || truth(right, point);
      case "&&" -> point -> truth(left, point) && truth(right, point);
      case "==" -> point -> left.value(point).equals(right.value(point));
      case "!=" -> point -> !left.value(point).equals(right.value(point));
      case "<" -> point -> number(left, point) < number(right, point);
      case "<=" -> point -> number(left, point) <= number(right, point);
      case ">" -> point -> number(left, point) > number(right, point);
      case ">=" -> point -> number(left, point) >= number(right, point);
      case "+" -> point -> number(left, point) + number(right, point);
      case "-" -> point -> number(left, point) - number(right, point);
      case "*" -> point -> number(left, point) * number(right, point);
      case "/" -> point -> number(left, point) / number(right, point);
      default -> point -> number(left, point) % number(right, point);
    };
  }

  private boolean truth(Constraint.Node node, Map<String, String> point) {
    return Constraint.truth(node.value(point), text);
  }

  private double number(Constraint.Node node, Map<String, String> point) {
    return Constraint.number(node.value(point), text);
  }

  private Constraint.Node single() {
    blanks();
    if (at == text.length()) {
      throw wrong("ends too early");
    }
    if (++depth > DEEPEST) {
      throw wrong("is too deep");
    }
    try {
      char c = text.charAt(at);
      if (c == '(') {
        return parenthesis();
      }
      if (c == '!' || c == '-') {
        at++;
        Constraint.Node inner = single();
        return c == '!' ? point -> !truth(inner, point) : point -> -number(inner, point);
      }
      if (c == '"' || c == '\'') {
        return quoted(c);
      }
      return Character.isDigit(c) || c == '.' ? literal() : name();
    } finally {
      depth--;
    }
  }

  private Constraint.Node parenthesis() {
    at++;
    Constraint.Node inner = level(0);
    blanks();
    if (at == text.length() || text.charAt(at) != ')') {
      throw wrong("lacks a )");
    }
    at++;
    return inner;
  }

  private Constraint.Node quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw wrong("lacks the closing " + quote);
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    return _ -> value;
  }

  private Constraint.Node literal() {
    int end = at;
    while (end < text.length() && inNumber(end)) {
      end++;
    }
    String word = text.substring(at, end);
    try {
      Double value = Double.valueOf(word);
      at = end;
      return _ -> value;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--where \"" + text + "\": \"" + word + "\" is no number", e);
    }
  }

  private boolean inNumber(int index) {
    char c = text.charAt(index);
    boolean sign =
        (c == '-' || c == '+') && index > at && "eE".indexOf(text.charAt(index - 1)) >= 0;
    return sign || Character.isDigit(c) || c == '.' || c == 'e' || c == 'E';
  }

  private Constraint.Node name() {
    int end = at;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    String word = text.substring(at, end);
    String parameter = names.get(word);
    if (parameter == null) {
      throw wrong(
          word.isEmpty()
              ? "cannot read \"" + text.substring(at) + "\""
              : "knows no "
                  + word
                  + "; parameters here: "
                  + String.join(", ", new TreeSet<>(names.keySet())));
    }
    at = end;
    return point -> value(point.get(parameter));
  }

  private static Object value(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      return word;
    }
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "--where \"" + text + "\" " + what + " (at character " + (at + 1) + ")");
  }
}
