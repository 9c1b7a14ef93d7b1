package dev.mlk.course.verify;

import dev.mlk.course.Check;
import dev.mlk.course.CourseModule;
import dev.mlk.course.Step;
import dev.mlk.course.StepVerdict;
import dev.mlk.course.check.Vocabulary;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Verifies again and again while nothing but time is missing. */
public final class Waiting {
  private static final long PAUSE_MILLIS = 250;

  private final Workshop workshop;
  private final InstantSource clock;

  /** Waits for what a workshop verifies. */
  public Waiting(Workshop workshop, InstantSource clock) {
    this.workshop = workshop;
    this.clock = clock;
  }

  /** The verdicts when none says any more that it is only a matter of time, or time is up. */
  public List<StepVerdict> verify(CourseModule module, List<Step> steps)
      throws InterruptedException {
    List<StepVerdict> verdicts =
        until(module, steps, all -> all.stream().noneMatch(Waiting::onlyTime));
    verdicts.forEach(verdict -> workshop.remember(module, verdict));
    return verdicts;
  }

  /** The verdicts when they are as wanted, or when the time of the steps' checks is up. */
  public List<StepVerdict> until(
      CourseModule module, List<Step> steps, Predicate<List<StepVerdict>> enough)
      throws InterruptedException {
    return until(module, steps, Duration.ZERO, enough);
  }

  /** The same with some patience even where the checks ask for none. */
  public List<StepVerdict> until(
      CourseModule module, List<Step> steps, Duration least, Predicate<List<StepVerdict>> enough)
      throws InterruptedException {
    Duration patience =
        Stream.concat(
                Stream.of(least),
                steps.stream().flatMap(step -> step.checks().stream()).map(Check::timeout))
            .max(Comparator.naturalOrder())
            .orElse(least);
    Instant end = clock.instant().plus(patience);
    List<StepVerdict> verdicts = workshop.look(module, steps);
    while (!enough.test(verdicts) && clock.instant().isBefore(end)) {
      // Nothing counts it down: a pause that an interruption ends.
      boolean _ = new CountDownLatch(1).await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      verdicts = workshop.look(module, steps);
    }
    return verdicts;
  }

  private static boolean onlyTime(StepVerdict verdict) {
    return verdict.first().map(one -> one.code().equals(Vocabulary.NOT_YET)).orElse(false);
  }
}
