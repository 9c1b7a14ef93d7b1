package dev.mlk.events;

/** The bytes of a record are no event. Costs no stack trace: a damaged file may have millions. */
final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1;

  BadRecordException(String message) {
    super(message, null, false, false);
  }
}
