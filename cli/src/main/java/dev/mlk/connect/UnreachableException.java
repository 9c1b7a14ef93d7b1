package dev.mlk.connect;

import dev.mlk.problem.Problem;
import java.io.IOException;

/**
 * The cluster does not answer. It stays an {@link IOException} on its way up, as every {@link
 * dev.mlk.kube.Transport} promises, so that watches and followed logs try again; who gives up
 * reports the problem.
 */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  UnreachableException(Problem.Unreachable problem, IOException cause) {
    super(problem.getMessage(), cause);
    this.problem = problem;
  }

  /** The same in words for the user. */
  public Problem problem() {
    return problem;
  }
}
