package dev.mlk.course;

import java.util.List;
import java.util.Optional;

/**
 * What is said of a step.
 *
 * @param step the step
 * @param status PASS when all checks pass that could be made, and at least one; SKIP when none
 *     could; REGRESSED when it does not pass and has passed before
 * @param checks a verdict for each check, in order; those after the first failure are told as well
 * @param requests how many requests it took
 * @param millis how long it took
 */
public record StepVerdict(
    Step step, Status status, List<Verdict> checks, int requests, long millis) {
  public StepVerdict {
    checks = List.copyOf(checks);
  }

  /** The first check that fails: the one to mend. */
  public Optional<Verdict> first() {
    return checks.stream().filter(check -> check.status() == Status.FAIL).findFirst();
  }

  /** Whether the learner can go on. */
  public boolean done() {
    return status == Status.PASS || status == Status.SKIP;
  }
}
