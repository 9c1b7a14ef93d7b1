package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.run.Patience;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code mlk sweep run}: what the Job of a detached sweep does. Unlike {@code resume} it takes
 * nothing up again that has ended or was stopped, so it may be begun any number of times.
 */
@Command(
    name = "run",
    hidden = true,
    description = "Run a sweep to its end, as its Job in the cluster does",
    footer = {"", "Examples:", "  mlk sweep run mnist-k2d4fa"})
public final class RunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public RunCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() throws Exception {
    ReportPrinter.require(invocation.options().output());
    try (Connection connection = connections.open()) {
      SweepStore store = new SweepStore(connection.client(), connection.namespace());
      Sweep there = new Patience(invocation).insist(() -> store.get(name));
      if (there.stopped()) {
        invocation.note("Sweep " + name + " is stopped.");
        return 0;
      }
      return new Course(invocation, connection, folders).finish(there);
    } catch (Problem.Failed | Problem.Interrupted e) {
      // Trials that failed are in the report, and a stopped sweep is stopped: its Job is done.
      invocation.note(e.getMessage());
      return 0;
    }
  }
}
