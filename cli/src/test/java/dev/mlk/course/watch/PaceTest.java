package dev.mlk.course.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a watch verifies; the test is the clock. */
final class PaceTest {
  private static final long MILLI = Duration.ofMillis(1).toNanos();
  private final long origin = Long.MAX_VALUE - 5_000 * MILLI;
  private final Pace pace = new Pace(origin);

  @BeforeEach
  void theFirstIsOver() {
    assertThat(pace.ready(origin)).isTrue();
    pace.start(origin);
    pace.end(at(20), false);
  }

  /** A time that has run over the end of the numbers, as nanoTime may. */
  private long at(long millis) {
    return origin + millis * MILLI;
  }

  @Test
  void aChangeAfterAQuietTimeIsAnsweredAlmostAtOnce() {
    pace.changed(at(10_000));
    assertThat(pace.ready(at(10_001))).isFalse();
    assertThat(pace.rest(at(10_000))).isEqualTo(Pace.SETTLE.toNanos());
    assertThat(pace.ready(at(10_000 + Pace.SETTLE.toMillis()))).isTrue();
  }

  @Test
  void manyChangesAreOneVerificationInEachInterval() {
    int verified = 0;
    for (int milli = 1_000; milli < 4_000; milli += 10) {
      pace.changed(at(milli));
      if (pace.ready(at(milli))) {
        pace.start(at(milli));
        pace.end(at(milli + 1), true);
        verified++;
      }
    }
    assertThat(verified).isBetween(9, 11);
  }

  @Test
  void whatTakesLongIsDoneHalfOfTheTimeAtMost() {
    pace.start(at(1_000));
    pace.changed(at(1_500));
    pace.end(at(3_000), true);
    assertThat(pace.ready(at(4_900))).isFalse();
    assertThat(pace.ready(at(5_000))).isTrue();
  }

  @Test
  void whatIsOpenIsLookedAtInGrowingIntervalsAndNotForEver() {
    long now = 1_000;
    pace.changed(at(now));
    int looks = 0;
    long last = 0;
    while (pace.rest(at(now)) != Long.MAX_VALUE) {
      long rest = pace.rest(at(now)) / MILLI + 1;
      assertThat(rest).isGreaterThanOrEqualTo(Math.min(last, 30_000));
      last = rest - 2;
      now += rest;
      assertThat(pace.ready(at(now))).isTrue();
      pace.start(at(now));
      pace.end(at(now + 5), true);
      looks++;
    }
    assertThat(looks).isBetween(10, 40);
    assertThat(Duration.ofMillis(now)).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(15));
  }

  @Test
  void whatIsCompleteRestsUntilSomethingChanges() {
    assertThat(pace.rest(at(100))).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.ready(at(1_000_000))).isFalse();
  }

  @Test
  void nothingIsDueWhileItRuns() {
    pace.changed(at(1_000));
    pace.start(at(1_100));
    assertThat(pace.running()).isTrue();
    assertThat(pace.ready(at(9_000))).isFalse();
    assertThat(pace.rest(at(9_000))).isEqualTo(Long.MAX_VALUE);
  }
}
