package dev.mlk.course;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a learner is with a step.
 *
 * @param startedAt when it was first looked at
 * @param passedAt when it first passed; it stays, whatever comes later
 * @param spentSeconds time spent so far: from start to passing, or till the last look
 * @param hints how many rungs of the hints were shown, 0 to 4
 * @param assisted whether the course solved it
 * @param lastCode the code of the last verdict; empty when it passed or there was none
 * @param attempts how many times it was verified
 */
public record StepProgress(
    Optional<Instant> startedAt,
    Optional<Instant> passedAt,
    long spentSeconds,
    int hints,
    boolean assisted,
    String lastCode,
    int attempts) {
  /** Not begun. */
  public static final StepProgress NONE =
      new StepProgress(Optional.empty(), Optional.empty(), 0, 0, false, "", 0);

  /** Whether it has passed once. */
  public boolean passed() {
    return passedAt.isPresent();
  }
}
