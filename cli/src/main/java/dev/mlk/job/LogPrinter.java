package dev.mlk.job;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import java.util.concurrent.locks.ReentrantLock;

/** Prints lines of all replicas, each with its replica before it, one colour a replica. */
final class LogPrinter {
  private final ReentrantLock lock = new ReentrantLock();
  private final Console console;
  private final int width;
  private RuntimeException broken;

  /**
   * A printer.
   *
   * @param job tells how long the longest replica's name is, so that all lines align from the first
   *     on
   */
  LogPrinter(Console console, Job job) {
    this.console = console;
    int longest = 0;
    for (Job.Wanted wanted : job.wanted()) {
      longest =
          Math.max(
              longest,
              wanted.type().length()
                  + 1
                  + String.valueOf(Math.max(0, wanted.number() - 1)).length());
    }
    this.width = longest;
  }

  /**
   * Prints one line at once. When the reader of the output is gone, {@link #check} says so to the
   * main thread.
   */
  void print(Replica replica, String line) {
    lock.lock();
    try {
      String name = replica.name();
      String prefix = name + " ".repeat(Math.max(0, width - name.length())) + " |";
      console
          .out()
          .print(
              console.paint(Style.distinct(Job.order(replica.type()) + replica.index()), prefix)
                  + " "
                  + line
                  + "\n");
      console.out().flush();
    } catch (RuntimeException e) {
      broken = e;
    } finally {
      lock.unlock();
    }
  }

  /** Throws what went wrong with the output, if anything did. */
  void check() {
    lock.lock();
    try {
      if (broken != null) {
        throw broken;
      }
    } finally {
      lock.unlock();
    }
  }
}
