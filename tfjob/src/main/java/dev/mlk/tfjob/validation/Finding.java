package dev.mlk.tfjob.validation;

/**
 * Something wrong with a manifest.
 *
 * @param severity how bad
 * @param path where; the place of the missing member's parent when something is missing
 * @param text what is wrong, as a sentence without a full stop
 * @param expected what would be right; may be empty
 * @param suggestion what to write or do; may be empty
 * @param refusal admission's words without the path ({@code Required value: must be required});
 *     empty when admission lets it pass
 */
public record Finding(
    Severity severity,
    FieldPath path,
    String text,
    String expected,
    String suggestion,
    String refusal) {
  static Finding error(FieldPath path, String text, String expected, String suggestion) {
    return new Finding(Severity.ERROR, path, text, expected, suggestion, "");
  }

  static Finding warning(FieldPath path, String text, String expected, String suggestion) {
    return new Finding(Severity.WARNING, path, text, expected, suggestion, "");
  }
}
