package dev.mlk.course.content;

import dev.mlk.course.CourseModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Tries modules at once, each worker on a bench of its own. */
public final class Workers {
  /** Tries one module. */
  @FunctionalInterface
  public interface Trial {
    /**
     * What came out.
     *
     * @param place where the module stands in the list, from 0
     */
    ContentCheck.Result run(Bench bench, CourseModule module, int place)
        throws InterruptedException;
  }

  private record Task(int number, CourseModule module) {}

  private final int number;
  private final Supplier<Bench> benches;

  /**
   * So many workers.
   *
   * @param benches makes the bench of each
   */
  public Workers(int number, Supplier<Bench> benches) {
    this.number = number;
    this.benches = benches;
  }

  /** The results in the order of the modules; what one worker throws ends all. */
  public List<ContentCheck.Result> run(List<CourseModule> modules, Trial trial)
      throws InterruptedException {
    ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    List<Optional<ContentCheck.Result>> results = new ArrayList<>();
    for (CourseModule module : modules) {
      tasks.add(new Task(results.size(), module));
      results.add(Optional.empty());
    }
    AtomicReference<RuntimeException> thrown = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("content-" + i)
              .start(() -> work(tasks, results, trial, thrown)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (thrown.get() != null) {
      throw thrown.get();
    }
    return results.stream().flatMap(Optional::stream).toList();
  }

  private void work(
      ConcurrentLinkedQueue<Task> tasks,
      List<Optional<ContentCheck.Result>> results,
      Trial trial,
      AtomicReference<RuntimeException> thrown) {
    try (Bench bench = benches.get()) {
      for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
        ContentCheck.Result result = trial.run(bench, task.module, task.number);
        synchronized (results) {
          results.set(task.number, Optional.of(result));
        }
      }
    } catch (RuntimeException e) {
      thrown.compareAndSet(null, e);
      tasks.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
