package dev.mlk.board.web;

import dev.mlk.board.data.Logs;
import dev.mlk.kube.ApiException;
import dev.mlk.metrics.LogSource;
import dev.mlk.problem.Problem;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps logs fresh while somebody looks: who asks reads what is new, once a second at most. */
public final class Live {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final Logs logs;
  private final Callable<List<LogSource>> sources;
  private final ReentrantLock reading = new ReentrantLock();
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile String trouble = "";
  private long lastRead;
  private long nextAsk;

  /**
   * Nothing is read yet.
   *
   * @param sources finds the log folders; asked again with each reading
   */
  public Live(Logs logs, Callable<List<LogSource>> sources) {
    this.logs = logs;
    this.sources = sources;
  }

  /** Begins to read, in a thread of its own: what is there may take a while. */
  public void begin() {
    Thread.ofVirtual().name("first-reading").start(this::look);
  }

  Logs logs() {
    return logs;
  }

  /** Reads what is new unless somebody else does, or has just done. */
  void look() {
    if (!reading.tryLock()) {
      return;
    }
    try {
      if (first.getCount() > 0 || System.nanoTime() - lastRead > PAUSE) {
        read();
        lastRead = System.nanoTime();
        first.countDown();
      }
    } finally {
      reading.unlock();
    }
  }

  private void read() {
    long start = System.nanoTime();
    if (loading() || start - nextAsk >= 0) {
      ask();
      // A sweep of hundreds of jobs takes a while to look up: a tenth of the time at most.
      nextAsk = System.nanoTime() + Math.max(PAUSE, 10 * (System.nanoTime() - start));
    }
    logs.read();
  }

  private void ask() {
    try {
      logs.add(sources.call());
      trouble = "";
    } catch (Problem | ApiException | UncheckedIOException e) {
      // What was found before goes on to be read: the cluster may be away for a moment.
      trouble = String.valueOf(e.getMessage());
    } catch (Exception e) {
      trouble = e.toString();
    }
  }

  /** The same, and waits until everything has been read once: for programs, which ask once. */
  void lookAtAll() throws InterruptedException {
    look();
    first.await();
  }

  boolean loading() {
    return first.getCount() > 0;
  }

  /** Why log folders could not be looked for; empty when they could. */
  String trouble() {
    return trouble;
  }
}
