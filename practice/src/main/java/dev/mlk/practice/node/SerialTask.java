package dev.mlk.practice.node;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that is done again whenever it is asked for, never twice at the same time. */
final class SerialTask {
  private static final System.Logger LOG = System.getLogger(SerialTask.class.getName());

  private final Executor executor;
  private final Runnable work;
  private final AtomicInteger asked = new AtomicInteger();

  SerialTask(Executor executor, Runnable work) {
    this.executor = executor;
    this.work = work;
  }

  void ask() {
    if (asked.getAndIncrement() == 0) {
      try {
        executor.execute(this::run);
      } catch (RejectedExecutionException e) {
        LOG.log(System.Logger.Level.TRACE, "the agent is closing", e);
      }
    }
  }

  private void run() {
    int seen;
    do {
      seen = asked.get();
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "work on a pod failed", e);
      }
    } while (asked.addAndGet(-seen) != 0);
  }
}
