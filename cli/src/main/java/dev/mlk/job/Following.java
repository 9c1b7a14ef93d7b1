package dev.mlk.job;

import dev.mlk.connect.Connection;
import dev.mlk.console.Interruptions;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiException;
import java.util.function.Predicate;

/**
 * Stays with a job on behalf of a person or a script: with all of its logs, or with one line that
 * tells how far it is.
 */
final class Following {
  private final Invocation invocation;
  private final Connection connection;

  Following(Invocation invocation, Connection connection) {
    this.invocation = invocation;
    this.connection = connection;
  }

  /**
   * Follows the job to its end.
   *
   * @param logs whether to print the replicas' lines instead of one line of progress
   * @param wanted whose lines
   */
  void toTheEnd(String name, boolean logs, Predicate<Replica> wanted) throws InterruptedException {
    try (JobWatch watch =
        new JobWatch(connection.client(), connection.namespace(), name, invocation.clock())) {
      Job job = watch.job().orElseThrow(() -> Sight.missing(connection, name));
      if (logs) {
        LogPrinter printer = new LogPrinter(invocation.console(), job);
        run(watch, name, wanted, printer::print, printer::check);
      } else {
        try (ProgressLine line = new ProgressLine(invocation, watch, job)) {
          run(watch, name, line::leads, line::take, line::show);
        }
      }
    } catch (ApiException e) {
      throw e.notFound() ? Sight.missing(connection, name) : e;
    }
  }

  private void run(
      JobWatch watch,
      String name,
      Predicate<Replica> wanted,
      java.util.function.BiConsumer<Replica, String> lines,
      Runnable check)
      throws InterruptedException {
    JobFollower follower =
        new JobFollower(connection.client(), invocation, watch, name, wanted, lines, check);
    try {
      Interruptions.during(
          invocation.console(),
          "Interrupted; the job goes on. Next: mlk tfjob logs " + name + " --follow",
          follower::run);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("following throws nothing else", e);
    }
    invocation.note("Job " + name + " has succeeded: " + follower.phases().text() + ".");
  }
}
