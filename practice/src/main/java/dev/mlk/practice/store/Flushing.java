package dev.mlk.practice.store;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Forces what was written to the medium, a moment later and together, so that nobody waits. */
final class Flushing {
  private static final long DELAY_MILLIS = 100;
  private final Disk disk;
  private final Consumer<StoreException.Broken> failed;
  private final Semaphore news = new Semaphore(0);
  private final Semaphore end = new Semaphore(0);
  private final Thread thread;

  Flushing(Disk disk, Consumer<StoreException.Broken> failed) {
    this.disk = disk;
    this.failed = failed;
    this.thread = Thread.ofPlatform().daemon().name("store-force").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void wrote() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void run() {
    try {
      boolean over = false;
      while (!over) {
        news.acquire();
        over = end.tryAcquire(DELAY_MILLIS, TimeUnit.MILLISECONDS);
        news.drainPermits();
        force();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; the disk forces once more when it is closed.
      Thread.currentThread().interrupt();
    }
  }

  private void force() {
    try {
      disk.force();
    } catch (StoreException.Broken e) {
      failed.accept(e);
    }
  }

  void close() {
    end.release();
    news.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
