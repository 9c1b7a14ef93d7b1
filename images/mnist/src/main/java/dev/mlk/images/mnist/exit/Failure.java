package dev.mlk.images.mnist.exit;

/**
 * An end that the user can do something about: one sentence, and the exit code that goes with it.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final ExitCode code;

  /** An end with this code; the sentence names what is wrong and what to do next. */
  public Failure(ExitCode code, String sentence) {
    super(sentence);
    this.code = code;
  }

  /** An end with this code that another exception brought about. */
  public Failure(ExitCode code, String sentence, Throwable cause) {
    super(sentence, cause);
    this.code = code;
  }

  /** The exit code of the process. */
  public ExitCode code() {
    return code;
  }
}
