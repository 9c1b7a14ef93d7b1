package dev.mlk.practice.api.webhook;

/** A webhook could not be asked, or its answer means nothing; the message is the server's. */
final class CallException extends Exception {
  private static final long serialVersionUID = 1L;

  CallException(String message) {
    super(message);
  }
}
