package dev.mlk.practice.api.selector;

import java.math.BigInteger;
import java.util.List;

/** One condition of a label selector. */
record Requirement(String key, Operator operator, List<String> values) {
  enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    ABSENT,
    GREATER,
    LESS
  }

  Requirement {
    values = List.copyOf(values);
  }

  /** Whether a label's value satisfies it; null when the label is not there. */
  boolean matches(String label) {
    return switch (operator) {
      case IN -> label != null && values.contains(label);
      case NOT_IN -> label == null || !values.contains(label);
      case EXISTS -> label != null;
      case ABSENT -> label == null;
      case GREATER -> label != null && compare(label) > 0;
      case LESS -> label != null && compare(label) < 0;
    };
  }

  /** How the label compares to the bound; a label that is no number matches neither way. */
  private int compare(String label) {
    if (!label.matches("-?[0-9]{1,18}")) {
      return 0;
    }
    return new BigInteger(label).compareTo(new BigInteger(values.getFirst()));
  }
}
