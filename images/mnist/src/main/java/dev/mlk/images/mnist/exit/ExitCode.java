package dev.mlk.images.mnist.exit;

/**
 * What a process's end means. TFJob's restart policy {@code ExitCode} takes 1 to 127 as final and
 * 128 and above as worth another try.
 */
public enum ExitCode {
  /** Trained, or nothing was left to do. */
  DONE(0),
  /** Something that no other code names: a defect of the program or of TensorFlow. */
  DEFECT(1),
  /** Arguments, environment or TF_CONFIG are wrong. */
  USAGE(2),
  /** The loss became infinite or not a number. */
  DIVERGED(3),
  /** The training data is missing or broken. */
  DATA(4),
  /** A folder cannot be written, or holds a checkpoint of another model. */
  FILES(5),
  /** Memory ran out, as the kernel would have ended it. */
  MEMORY(137),
  /**
   * Another process of the cluster is missing, or the port is taken; another try may find them
   * well.
   */
  CLUSTER(138),
  /** Ended by SIGTERM. */
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The number that the operating system sees. */
  public int number() {
    return number;
  }
}
