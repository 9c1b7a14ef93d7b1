package dev.mlk.tfjob.validation;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whole numbers. */
final class Numbers {
  private Numbers() {}

  /** Finds a value that is no whole number, or less than the least that makes sense. */
  static void check(FieldPath path, JsonNode value, long least, List<Finding> findings) {
    if (Admission.absent(value)) {
      return;
    }
    if (!value.isIntegralNumber()) {
      boolean quoted = value.isString() && value.stringValue().matches("-?[0-9]+");
      findings.add(
          Finding.error(
              path,
              value + " is not a whole number",
              "a whole number",
              quoted ? "without quotes: " + value.stringValue() : ""));
    } else if (value.longValue() < least) {
      findings.add(Finding.error(path, value + " is too small", "at least " + least, ""));
    }
  }
}
