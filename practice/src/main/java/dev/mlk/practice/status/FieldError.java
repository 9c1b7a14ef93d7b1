package dev.mlk.practice.status;

/**
 * One thing wrong with an object's content, as a 422 lists it.
 *
 * @param reason the cause's reason, such as {@code FieldValueRequired}
 * @param field the path, such as {@code spec.containers[0].image}
 * @param message the text after the path, such as {@code Required value: why}
 */
public record FieldError(String reason, String field, String message) {
  /** Something is missing; {@code why} may be empty. */
  public static FieldError required(String field, String why) {
    return new FieldError("FieldValueRequired", field, with("Required value", why));
  }

  /**
   * A value is wrong.
   *
   * @param shown the value as messages show it: strings in quotes, numbers plain, objects as JSON
   */
  public static FieldError invalid(String field, String shown, String why) {
    return new FieldError("FieldValueInvalid", field, with("Invalid value: " + shown, why));
  }

  /** A value appears twice where it may not. */
  public static FieldError duplicate(String field, String shown) {
    return new FieldError("FieldValueDuplicate", field, "Duplicate value: " + shown);
  }

  /** Something may not be set here. */
  public static FieldError forbidden(String field, String why) {
    return new FieldError("FieldValueForbidden", field, with("Forbidden", why));
  }

  /** A reference leads nowhere. */
  public static FieldError notFound(String field, String shown) {
    return new FieldError("FieldValueNotFound", field, "Not found: " + shown);
  }

  /** A value is none of the legal ones, given in the order in which they are shown. */
  public static FieldError notSupported(String field, String shown, Iterable<String> legal) {
    String list = "\"" + String.join("\", \"", legal) + "\"";
    return new FieldError(
        "FieldValueNotSupported",
        field,
        "Unsupported value: " + shown + ": supported values: " + list);
  }

  private static String with(String head, String why) {
    return why.isEmpty() ? head : head + ": " + why;
  }
}
