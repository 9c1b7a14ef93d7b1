package dev.mlk.practice.schema;

import dev.mlk.practice.status.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Limits, patterns, formats and lists of legal values. */
final class ScalarChecks {
  private final JsonNode value;
  private final Structural schema;
  private final String path;
  private final List<FieldError> errors = new ArrayList<>();

  private ScalarChecks(JsonNode value, Structural schema, String path) {
    this.value = value;
    this.schema = schema;
    this.path = path;
  }

  static List<FieldError> check(JsonNode value, Structural schema, String path) {
    ScalarChecks checks = new ScalarChecks(value, schema, path);
    if (value.isString()) {
      checks.text(value.stringValue());
    } else if (value.isNumber()) {
      checks.number(value.decimalValue());
    }
    checks.legalValues();
    return checks.errors;
  }

  private void text(String text) {
    int length = text.codePointCount(0, text.length());
    JsonNode most = schema.word("maxLength");
    JsonNode least = schema.word("minLength");
    if (most.isNumber() && length > most.asInt()) {
      String why = "Too long: may not be more than " + most.asInt() + " bytes";
      errors.add(new FieldError("FieldValueTooLong", path, why));
    }
    if (least.isNumber() && length < least.asInt()) {
      invalid("should be at least " + least.asInt() + " chars long");
    }
    if (schema.pattern() != null && !schema.pattern().matcher(text).find()) {
      invalid("should match '" + schema.word("pattern").asString() + "'");
    }
    String format = schema.word("format").asString("");
    if (!format.isEmpty() && !Formats.fits(text, format)) {
      errors.add(
          new FieldError(
              "FieldValueTypeInvalid",
              path,
              "Invalid value: "
                  + value
                  + ": "
                  + path
                  + " in body must be of type "
                  + format
                  + ": "
                  + value));
    }
  }

  private void number(BigDecimal number) {
    JsonNode most = schema.word("maximum");
    JsonNode least = schema.word("minimum");
    boolean belowMost = schema.word("exclusiveMaximum").asBoolean(false);
    boolean aboveLeast = schema.word("exclusiveMinimum").asBoolean(false);
    if (most.isNumber() && number.compareTo(most.decimalValue()) > (belowMost ? -1 : 0)) {
      invalid("should be less than " + (belowMost ? "" : "or equal to ") + plain(most));
    }
    if (least.isNumber() && number.compareTo(least.decimalValue()) < (aboveLeast ? 1 : 0)) {
      invalid("should be greater than " + (aboveLeast ? "" : "or equal to ") + plain(least));
    }
    JsonNode step = schema.word("multipleOf");
    boolean stepped = step.isNumber() && step.decimalValue().signum() != 0;
    if (stepped && number.remainder(step.decimalValue()).signum() != 0) {
      invalid("should be a multiple of " + plain(step));
    }
  }

  private void legalValues() {
    JsonNode legal = schema.word("enum");
    if (!legal.isArray()) {
      return;
    }
    List<String> shown = new ArrayList<>();
    for (JsonNode each : legal) {
      if (Numbers.equal(each, value)) {
        return;
      }
      shown.add(each.isString() ? each.stringValue() : each.toString());
    }
    errors.add(FieldError.notSupported(path, value.toString(), shown));
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  private void invalid(String why) {
    errors.add(FieldError.invalid(path, value.toString(), path + " in body " + why));
  }
}
