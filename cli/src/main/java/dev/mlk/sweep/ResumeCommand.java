package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.LogSources;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  mlk sweep resume mnist-k2d4fa --metric loss --parallel 2",
      "  mlk sweep resume mnist-k2d4fa --detach"
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

  @Mixin private SweepCommand.Detaching detaching = new SweepCommand.Detaching();

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public ResumeCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() throws Exception {
    ReportPrinter.require(invocation.options().output());
    try (Connection connection = connections.open()) {
      Sweep there = new Sweeps(connection, folders).own(name);
      SweepSpec.Limits old = there.spec().limits();
      SweepSpec.Limits limits = parallel.isEmpty() ? old : old.parallel(Limits.parallel(parallel));
      Objective objective = metric.isEmpty() ? there.spec().objective() : Objective.guessed(metric);
      Course course = new Course(invocation, connection, folders);
      Optional<RunnerJob.Wish> runner = detaching.wish();
      runner.ifPresent(wish -> wish.require(connection));
      Sweep sweep = course.reopen(there, objective, limits);
      return runner.isPresent() ? course.detach(sweep, runner.get()) : course.finish(sweep);
    }
  }
}
