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
  void aChangeAfterAQuietTimeIsAnsweredAtOnce() {
    pace.changed(at(10_000));
    assertThat(pace.rest(at(10_000))).isZero();
    assertThat(pace.ready(at(10_000))).isTrue();
  }

  @Test
  void aSaveIsAnsweredWhenItsStrokesAreOver() {
    pace.saved(at(10_000));
    assertThat(pace.ready(at(10_001))).isFalse();
    assertThat(pace.rest(at(10_000))).isEqualTo(Pace.STROKES.toNanos());
    pace.saved(at(10_005));
    assertThat(pace.ready(at(10_000 + Pace.STROKES.toMillis()))).isTrue();
  }

  @Test
  void aSaveDoesNotDelayWhatIsDueAlready() {
    pace.changed(at(10_000));
    pace.saved(at(10_000));
    assertThat(pace.ready(at(10_000))).isTrue();
  }

  @Test
  void whatChangesWhileItRunsIsAnsweredByTheNextOne() {
    pace.changed(at(10_000));
    pace.start(at(10_000));
    pace.changed(at(10_001));
    pace.changed(at(10_039));
    pace.end(at(10_040), false);
    assertThat(pace.ready(at(10_000 + Pace.BETWEEN.toMillis() - 1))).isFalse();
    assertThat(pace.ready(at(10_000 + Pace.BETWEEN.toMillis()))).isTrue();
    pace.start(at(10_100));
    pace.end(at(10_140), false);
    assertThat(pace.rest(at(10_140))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theLastOfManyChangesIsAnsweredLikeTheFirst() {
    long last = 0;
    int verified = 0;
    for (int milli = 1_000; milli < 3_000; milli++) {
      if (milli < 2_800) {
        pace.changed(at(milli));
      }
      if (pace.ready(at(milli))) {
        pace.start(at(milli));
        pace.end(at(milli), true);
        last = milli;
        verified++;
      }
    }
    assertThat(verified).isBetween(18, 20);
    assertThat(last).isBetween(2_800L, 2_800 + Pace.BETWEEN.toMillis());
  }

  @Test
  void afterALongRestTwoInARowMayTakeAQuarterOfASecondEach() {
    pace.changed(at(10_000));
    pace.start(at(10_000));
    pace.changed(at(10_001));
    pace.end(at(10_250), true);
    assertThat(pace.ready(at(10_250))).isTrue();
    pace.start(at(10_250));
    pace.changed(at(10_251));
    pace.end(at(10_500), true);
    assertThat(pace.ready(at(10_500))).isTrue();
    pace.start(at(10_500));
    pace.changed(at(10_501));
    pace.end(at(10_750), true);
    assertThat(pace.ready(at(10_999))).isFalse();
    assertThat(pace.ready(at(11_000))).isTrue();
  }

  @Test
  void whatTakesLongAgainAndAgainIsDoneHalfOfTheTimeAtMost() {
    long now = 10_000;
    long verifying = 0;
    pace.changed(at(now));
    while (now < 110_000) {
      now += pace.rest(at(now)) / MILLI;
      pace.start(at(now));
      now += 2_000;
      verifying += 2_000;
      pace.changed(at(now - 1));
      pace.end(at(now), true);
    }
    assertThat(verifying).isBetween(48_000L, 52_000L);
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
