package dev.mlk.images.mnist.exit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish that the process ends soon, as SIGTERM brings it, and the time to end in good order. */
public final class Stop {
  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /**
   * Listens to SIGTERM from now on. The process then ends with code 143, at the latest after the
   * grace.
   */
  public static Stop onTermination(Duration grace) {
    Stop stop = new Stop();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.wished.countDown();
                  try {
                    boolean _ = stop.done.await(grace.toMillis(), TimeUnit.MILLISECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "termination"));
    return stop;
  }

  /** Whether the process is to end. */
  public boolean wished() {
    return wished.getCount() == 0;
  }

  /** Waits, but no longer than until the process is to end; whether it is. */
  public boolean await(Duration time) {
    try {
      return wished.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** All is in order: the process may end now. */
  public void done() {
    done.countDown();
  }
}
