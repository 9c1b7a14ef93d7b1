package dev.mlk.tfjob.validation;

/** How bad a finding is. */
public enum Severity {
  /** The job is refused, or can never do what it is for. */
  ERROR,
  /** The job works, but probably not as meant. */
  WARNING
}
