package dev.mlk.practice.schema;

/**
 * A patch that cannot be applied; the message, the HTTP code and the reason are those of the
 * server's answer.
 */
public final class PatchException extends RuntimeException {
  private final int code;
  private final String reason;

  PatchException(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  static PatchException badRequest(String message) {
    return new PatchException(400, "BadRequest", message);
  }

  /** The one answer to every JSON patch that fails. */
  static PatchException rejected() {
    return new PatchException(
        422, "Invalid", "the server rejected our request due to an error in our request");
  }

  static PatchException internal(String message) {
    return new PatchException(500, "", message);
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** The Status reason; empty for none. */
  public String reason() {
    return reason;
  }
}
