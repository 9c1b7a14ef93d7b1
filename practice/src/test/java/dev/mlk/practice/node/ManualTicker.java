package dev.mlk.practice.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes only when the test says so. */
final class ManualTicker implements Ticker {
  private record Task(Instant due, Runnable run) {}

  private final List<Task> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized Runnable after(Duration delay, Runnable run) {
    Task task = new Task(now.plus(delay), run);
    if (delay.isZero()) {
      run.run();
      return () -> {};
    }
    tasks.add(task);
    return () -> {
      synchronized (this) {
        tasks.remove(task);
      }
    };
  }

  /** Lets time pass and runs what becomes due, in order. */
  void advance(Duration time) {
    List<Task> due;
    synchronized (this) {
      now = now.plus(time);
      due = new ArrayList<>(tasks.stream().filter(task -> !task.due().isAfter(now)).toList());
      tasks.removeAll(due);
    }
    due.sort(Comparator.comparing(Task::due));
    due.forEach(task -> task.run().run());
  }
}
