package dev.mlk.course.check;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The small expressions of modules: arithmetic, comparisons, {@code if}, and functions that count
 * and read in the cluster.
 */
public final class Expressions {
  /** Calls a function. */
  @FunctionalInterface
  interface Functions {
    /** Its value for these arguments. */
    Value call(String name, List<Value> arguments);
  }

  private final Functions functions;

  Expressions(Scene scene) {
    this(new ClusterFunctions(scene)::call);
  }

  Expressions(Functions functions) {
    this.functions = functions;
  }

  /**
   * The value of an expression.
   *
   * @throws IllegalArgumentException with a sentence when it makes no sense
   */
  Value value(String text) {
    Reading reading = new Reading(text, functions);
    Value value = reading.comparison();
    if (!reading.end()) {
      throw reading.bad("something is left over");
    }
    return value;
  }

  /** What is wrong with an expression; empty when it can be computed. */
  public static String wrong(String text) {
    try {
      new Expressions(
              (name, arguments) -> {
                ClusterFunctions.require(name, arguments.size());
                return Value.of(1);
              })
          .value(text);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** One expression being read and computed from left to right. */
  private static final class Reading {
    private final String text;
    private final Functions functions;
    private int at;

    Reading(String text, Functions functions) {
      this.text = text;
      this.functions = functions;
    }

    Value comparison() {
      Value left = sum();
      for (String operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
        if (take(operator)) {
          int order = left.compare(sum());
          return Value.of(
              switch (operator) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case "<=" -> order <= 0;
                case ">=" -> order >= 0;
                case "<" -> order < 0;
                default -> order > 0;
              });
        }
      }
      return left;
    }

    private Value sum() {
      Value value = product();
      while (true) {
        if (take("+")) {
          value = Value.of(value.orZero().add(product().orZero()));
        } else if (take("-")) {
          value = Value.of(value.orZero().subtract(product().orZero()));
        } else {
          return value;
        }
      }
    }

    private Value product() {
      Value value = single();
      while (true) {
        if (take("*")) {
          value = Value.of(value.orZero().multiply(single().orZero()));
        } else if (take("/")) {
          BigDecimal by = single().orZero();
          value =
              by.signum() == 0
                  ? Value.of(0)
                  : Value.of(value.orZero().divide(by, MathContext.DECIMAL32));
        } else {
          return value;
        }
      }
    }

    private Value single() {
      if (take("(")) {
        Value value = comparison();
        need(")");
        return value;
      }
      if (take("-")) {
        return Value.of(single().orZero().negate());
      }
      if (take("'")) {
        int end = text.indexOf('\'', at);
        if (end < 0) {
          throw bad("a text has no end");
        }
        Value value = new Value(text.substring(at, end));
        at = end + 1;
        return value;
      }
      String word = word();
      if (word.isEmpty()) {
        throw bad("a value is missing");
      }
      return Character.isDigit(word.charAt(0)) ? number(word) : call(word);
    }

    private Value number(String word) {
      Value value = new Value(word);
      if (value.number().isEmpty()) {
        throw bad(word + " is no number");
      }
      return value;
    }

    private Value call(String name) {
      need("(");
      List<Value> arguments = new ArrayList<>();
      if (!take(")")) {
        do {
          arguments.add(comparison());
        } while (take(","));
        need(")");
      }
      if (name.equals("if")) {
        if (arguments.size() != 3) {
          throw bad("if takes three values");
        }
        return arguments.get(0).truth() ? arguments.get(1) : arguments.get(2);
      }
      return functions.call(name, arguments);
    }

    private String word() {
      skip();
      int start = at;
      while (at < text.length()
          && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      return text.substring(start, at);
    }

    private void need(String token) {
      if (!take(token)) {
        throw bad(token + " is missing");
      }
    }

    private boolean take(String token) {
      skip();
      if (text.startsWith(token, at)) {
        at += token.length();
        return true;
      }
      return false;
    }

    private void skip() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    boolean end() {
      skip();
      return at == text.length();
    }

    IllegalArgumentException bad(String what) {
      return new IllegalArgumentException(
          what + " in the expression " + text + ", at character " + (at + 1));
    }
  }
}
