package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ExpectationsTest {
  private static final JobKey JOB = new JobKey("ns", "j");
  private static final Instant NOW = Instant.EPOCH;
  private final Expectations expectations = new Expectations();

  private boolean waits() {
    return expectations.wait(JOB, "2", NOW).isPresent();
  }

  @Test
  void aJobNobodyChangedIsLookedAt() {
    assertThat(waits()).isFalse();
  }

  @Test
  void allChangesMustBeSeen() {
    expectations.expect(JOB, Expectations.appears("pod", "a"), NOW);
    expectations.expect(JOB, Expectations.appears("service", "a"), NOW);
    expectations.expect(JOB, Expectations.goes("uid"), NOW);
    expectations.met(JOB, Expectations.appears("pod", "a"));
    expectations.met(JOB, Expectations.goes("uid"));
    assertThat(waits()).isTrue();
    expectations.met(JOB, Expectations.appears("service", "a"));
    assertThat(waits()).isFalse();
  }

  @Test
  void moreThanExpectedDoesNoHarm() {
    expectations.met(JOB, Expectations.appears("pod", "a"));
    expectations.expect(JOB, Expectations.appears("pod", "b"), NOW);
    expectations.met(JOB, Expectations.appears("pod", "a"));
    assertThat(waits()).isTrue();
  }

  @Test
  void aWrittenStatusMustBeSeen() {
    expectations.expectNewerThan(JOB, "2", NOW);
    assertThat(waits()).isTrue();
    assertThat(expectations.wait(JOB, "3", NOW)).isEmpty();
  }

  @Test
  void patienceEnds() {
    expectations.expect(JOB, Expectations.appears("pod", "a"), NOW);
    assertThat(expectations.wait(JOB, "2", NOW)).contains(Expectations.PATIENCE);
    assertThat(expectations.wait(JOB, "2", NOW.plus(Expectations.PATIENCE))).isEmpty();
    assertThat(waits()).isFalse();
  }
}
