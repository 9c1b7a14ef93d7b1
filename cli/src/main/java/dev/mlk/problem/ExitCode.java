package dev.mlk.problem;

/** Every exit code of mlk and its meaning; the one table behind help, documents and JSON. */
public enum ExitCode {
  DONE(0, "Done", "done, passed, succeeded"),
  FAILED(1, "Failed", "the thing asked about failed: job failed, check or verification not passed"),
  USAGE(2, "Usage", "wrong usage or bad input file"),
  NOT_FOUND(3, "NotFound", "not found"),
  UNREACHABLE(4, "Unreachable", "no cluster, or it cannot be reached"),
  NOT_ALLOWED(5, "NotAllowed", "not allowed (not authenticated, or RBAC)"),
  TIMED_OUT(6, "TimedOut", "timed out (the job goes on)"),
  UNSCHEDULABLE(7, "Unschedulable", "can never be scheduled here, or over quota"),
  IMAGE_PULL(8, "ImagePull", "image cannot be pulled"),
  OUT_OF_MEMORY(9, "OutOfMemory", "killed for memory"),
  CONFLICT(10, "Conflict", "exists already, or changed by someone else"),
  DEFECT(70, "Defect", "a defect in mlk: says where the details are and how to report it"),
  INTERRUPTED(130, "Interrupted", "interrupted");

  private final int number;
  private final String reason;
  private final String meaning;

  ExitCode(int number, String reason, String meaning) {
    this.number = number;
    this.reason = reason;
    this.meaning = meaning;
  }

  /** What the process exits with. */
  public int number() {
    return number;
  }

  /** The word for it in JSON output, such as {@code NotFound}. */
  public String reason() {
    return reason;
  }

  /** When it is used, for people. */
  public String meaning() {
    return meaning;
  }
}
