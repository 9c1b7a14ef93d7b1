package dev.mlk.tfjob.operator;

/** What happens to a replica whose pod has failed. */
enum RestartPolicy {
  ALWAYS("Always"),
  ON_FAILURE("OnFailure"),
  NEVER("Never"),
  EXIT_CODE("Never");

  /** From this exit code on an error is taken to pass: signals and lost nodes. */
  private static final int FIRST_RETRYABLE = 128;

  private final String ofPod;

  RestartPolicy(String ofPod) {
    this.ofPod = ofPod;
  }

  /** The kubelet's policy that goes with it. */
  String ofPod() {
    return ofPod;
  }

  static RestartPolicy of(String word) {
    return switch (word == null ? "" : word) {
      case "Always" -> ALWAYS;
      case "OnFailure" -> ON_FAILURE;
      case "ExitCode" -> EXIT_CODE;
      default -> NEVER;
    };
  }

  /** Whether a pod in phase Failed is replaced. */
  boolean replaces(int exitCode) {
    return switch (this) {
      case ALWAYS, ON_FAILURE -> true;
      case EXIT_CODE -> exitCode >= FIRST_RETRYABLE;
      case NEVER -> false;
    };
  }
}
