import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A closed loop: so many clients, each sends its next request when the last was answered. */
final class Loop {
  private Loop() {}

  /** One request of one client. */
  interface Step {
    void once(int client, long number);
  }

  /** Requests per second of all clients together. */
  static double rate(int clients, Duration time, Step step) {
    return run(clients, time, Long.MAX_VALUE, step);
  }

  /** Sends so many requests and returns requests per second. */
  static double rate(int clients, long requests, Step step) {
    return run(clients, Duration.ofHours(1), requests, step);
  }

  private static double run(int clients, Duration time, long requests, Step step) {
    AtomicLong next = new AtomicLong();
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        all.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    long number = next.getAndIncrement();
                    if (number >= requests) {
                      break;
                    }
                    step.once(client, number);
                    done.incrementAndGet();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return done.get() / ((System.nanoTime() - start) / 1e9);
  }
}
