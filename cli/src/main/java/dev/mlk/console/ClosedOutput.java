package dev.mlk.console;

/** Nobody reads the output any more: a pipe was closed. For a command line that is success. */
public final class ClosedOutput extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClosedOutput(Throwable cause) {
    super(cause);
  }
}
