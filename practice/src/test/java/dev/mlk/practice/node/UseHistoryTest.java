package dev.mlk.practice.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.kubelet.ContainerUsage.Measured;
import dev.mlk.practice.node.process.ProcessUse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rates over a window, from measurements of what was used so far. */
final class UseHistoryTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SECOND = 1_000_000_000;

  private final UseHistory history = new UseHistory();

  @Test
  void one_measurement_is_no_rate() {
    assertThat(history.measured()).isEmpty();
    add(0, 5, 10);
    assertThat(history.measured()).isEmpty();
  }

  @Test
  void the_processor_is_a_rate_over_the_window_and_memory_the_last_value() {
    add(0, 5, 10);
    add(2, 6, 20);
    assertThat(history.measured())
        .contains(new Measured(SECOND / 2, 20, BEGIN.plusSeconds(2), Duration.ofSeconds(2), false));
  }

  @Test
  void what_is_older_than_the_window_does_not_count() {
    add(0, 0, 1);
    add(10, 10, 1);
    add(20, 10, 1);
    add(24, 11, 1);
    Measured measured = history.measured().orElseThrow();
    assertThat(measured.window()).isEqualTo(Duration.ofSeconds(14));
    assertThat(measured.nanoCpus()).isEqualTo(Math.round(SECOND / 14.0));
  }

  @Test
  void an_ended_child_takes_nothing_away() {
    add(0, 5, 1);
    add(2, 7, 1);
    add(4, 1, 1);
    add(6, 3, 1);
    assertThat(history.measured().orElseThrow().nanoCpus()).isEqualTo(Math.round(4e9 / 6));
  }

  private void add(int second, int cpuSeconds, long memory) {
    history.add(
        new ProcessUse(memory, cpuSeconds * SECOND), BEGIN.plusSeconds(second), second * SECOND);
  }
}
