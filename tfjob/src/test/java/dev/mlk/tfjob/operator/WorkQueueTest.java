package dev.mlk.tfjob.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WorkQueueTest {
  private static final JobKey A = new JobKey("ns", "a");
  private static final JobKey B = new JobKey("ns", "b");
  private final WorkQueue queue = new WorkQueue();

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void aJobWaitsOnceHoweverOftenItIsAdded() throws InterruptedException {
    queue.add(A);
    queue.add(A);
    queue.add(B);
    assertThat(queue.take()).isEqualTo(A);
    assertThat(queue.take()).isEqualTo(B);
  }

  @Test
  void aJobInWorkComesAgainWhenItIsDone() throws InterruptedException {
    queue.add(A);
    JobKey taken = queue.take();
    queue.add(A);
    queue.add(B);
    assertThat(queue.take()).isEqualTo(B);
    queue.done(taken);
    assertThat(queue.take()).isEqualTo(A);
  }

  @Test
  void laterReplacesWhatWasAskedBefore() throws InterruptedException {
    queue.addAfter(A, Duration.ofHours(1));
    queue.addAfter(B, Duration.ofHours(1));
    queue.addAfter(A, Duration.ofMillis(1));
    assertThat(queue.take()).isEqualTo(A);
  }

  @Test
  void pausesGrowWithFailuresAndStartAnewAfterSuccess() throws InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      queue.retry(A);
      queue.done(queue.take());
    }
    // 20 + 40 + 80 + 160
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    queue.succeeded(A);
    queue.retry(A);
    queue.addAfter(B, Duration.ofMillis(300));
    assertThat(queue.take()).isEqualTo(A);
  }

  @Test
  void pausesDoNotGrowWhereNothingWentWrong() throws InterruptedException {
    for (int i = 0; i < 8; i++) {
      queue.soon(A);
      queue.done(queue.take());
    }
    // Had they grown as after failures, this one would be of five seconds.
    queue.addAfter(B, Duration.ofSeconds(3));
    queue.soon(A);
    assertThat(queue.take()).isEqualTo(A);
  }

  @Test
  void closingEndsTheWaiting() {
    queue.close();
    assertThatThrownBy(queue::take).isInstanceOf(InterruptedException.class);
  }
}
