package dev.mlk.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final WorkQueue<String> queue = new WorkQueue<>();

  @Test
  void aKeyAddedTwiceComesOnce() throws InterruptedException {
    queue.add("a");
    queue.add("b");
    queue.add("a");
    assertThat(queue.take()).contains("a");
    assertThat(queue.take()).contains("b");
    assertThat(queue.size()).isZero();
  }

  @Test
  void aKeyAddedDuringItsWorkComesAgainOnlyAfterwards() throws InterruptedException {
    queue.add("a");
    assertThat(queue.take()).contains("a");
    queue.add("a");
    queue.add("b");
    assertThat(queue.take()).contains("b");
    queue.done("a");
    assertThat(queue.take()).contains("a");
  }

  @Test
  void delaysComeInOrderAndTheEarliestOfOneKeyCounts() throws InterruptedException {
    queue.addAfter("late", Duration.ofMillis(30));
    queue.addAfter("soon", Duration.ofHours(1));
    queue.addAfter("soon", Duration.ofMillis(10));
    queue.addAfter("soon", Duration.ofHours(2));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String key = queue.take().orElseThrow();
      order.add(key);
      queue.done(key);
    }
    assertThat(order).containsExactly("soon", "late");
    assertThat(queue.size()).isZero();
  }

  @Test
  void closingEndsTheWait() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (queue.take().isEmpty()) {
                  ended.countDown();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    queue.close();
    ended.await();
    assertThat(queue.take()).isEmpty();
  }

  @Test
  void aFailedReconcileIsTriedAgainAndOthersAreNotHeldUp() throws InterruptedException {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch good = new CountDownLatch(1);
    CountDownLatch other = new CountDownLatch(1);
    Controller.Reconciler reconciler =
        key -> {
          if (key.name().equals("other")) {
            other.countDown();
          } else if (attempts.incrementAndGet() < 3) {
            throw new ApiException(409, null, "somebody was faster");
          } else {
            good.countDown();
          }
          return Optional.empty();
        };
    try (Controller controller = Controller.start("test", 1, reconciler)) {
      controller.enqueue(new Key("ns", "failing"));
      controller.enqueue(new Key("ns", "other"));
      other.await();
      good.await();
    }
    assertThat(attempts).hasValue(3);
  }

  @Test
  void oneKeyIsNeverWorkedOnTwiceAtATime() throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch rounds = new CountDownLatch(50);
    Controller.Reconciler reconciler =
        _ -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          LockSupport.parkNanos(100_000);
          inside.decrementAndGet();
          rounds.countDown();
          return Optional.of(Duration.ZERO);
        };
    try (Controller controller = Controller.start("test", 8, reconciler)) {
      controller.enqueue(new Key("", "a"));
      rounds.await();
    }
    assertThat(most).hasValue(1);
  }
}
