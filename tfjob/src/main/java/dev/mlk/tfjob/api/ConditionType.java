package dev.mlk.tfjob.api;

/** The types of a job's conditions. */
public enum ConditionType {
  /** The operator has seen the job. */
  CREATED("Created"),
  /** The pods that decide about the job run. */
  RUNNING("Running"),
  /** A failed pod is being replaced. */
  RESTARTING("Restarting"),
  /** The job has ended well. */
  SUCCEEDED("Succeeded"),
  /** The job has ended badly; it never changes again. */
  FAILED("Failed"),
  /** The job has no pods until it is resumed. */
  SUSPENDED("Suspended");

  private final String word;

  ConditionType(String word) {
    this.word = word;
  }

  /** As written in {@code status.conditions[].type}. */
  public String word() {
    return word;
  }
}
