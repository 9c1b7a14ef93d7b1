package dev.mlk.practice.cel;

/** An expression that cannot be compiled or evaluated; the message is the API server's. */
public final class CelException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether the expression was given up because it cost too much. */
  private final boolean exhausted;

  CelException(String message) {
    this(message, false);
  }

  CelException(String message, boolean exhausted) {
    super(message);
    this.exhausted = exhausted;
  }

  /** Whether the expression was given up because it cost too much. */
  public boolean exhausted() {
    return exhausted;
  }
}
