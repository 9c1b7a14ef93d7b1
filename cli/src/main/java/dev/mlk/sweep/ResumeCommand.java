package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk sweep resume}. */
@Command(
    name = "resume",
    description = "Run what is missing or failed of a sweep; nothing finished runs again",
    footer = {
      "",
      "Examples:",
      "  mlk sweep resume mnist-k2d4fa",
      "  mlk sweep resume mnist-k2d4fa --metric loss --parallel 2"
    })
public final class ResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Judge all trials by another number that their logs have")
  private String metric = "";

  @Option(
      names = "--parallel",
      paramLabel = "NUMBER|auto",
      description = "Trials at once at most from now on")
  private String parallel = "";

  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public ResumeCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    ReportPrinter.require(invocation.options().output());
    try (Connection connection = connections.open()) {
      Sweep there = new SweepStore(connection.client(), connection.namespace()).get(name);
      SweepSpec.Limits old = there.spec().limits();
      SweepSpec.Limits limits = parallel.isEmpty() ? old : old.parallel(Limits.parallel(parallel));
      Objective objective = metric.isEmpty() ? there.spec().objective() : Objective.guessed(metric);
      Course course = new Course(invocation, connection);
      return course.finish(course.reopen(there, objective, limits));
    }
  }
}
