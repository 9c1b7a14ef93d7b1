package dev.mlk.practice.node;

/** A container does not get to run. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1;
  private final String reason;

  /** With the reason that the container's status shows and the sentence beside it. */
  StartException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
