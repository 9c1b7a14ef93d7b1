package dev.mlk.course;

/** How a check or a step stands. */
public enum Status {
  PASS,
  FAIL,
  /** This cluster cannot show it. */
  SKIP,
  /** It passed once and does not any more. */
  REGRESSED
}
