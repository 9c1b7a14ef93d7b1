package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.store.KnownSweep;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk sweep report}. */
@Command(
    name = "report",
    description = "Say what came out of a sweep so far: all trials, the best, what mattered",
    footer = {
      "",
      "Examples:",
      "  mlk sweep report mnist-k2d4fa",
      "  mlk sweep report mnist-k2d4fa -o html > sweep.html",
      "  mlk sweep report mnist-k2d4fa --metric loss -o csv",
      "  mlk sweep report mnist-k2d4fa --best -o yaml > best.yaml"
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  @Option(
      names = "--best",
      description = "Only the best trial, as a TFJob (-o yaml) that trains to the same result")
  private boolean best;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "Judge by another number that the trials have; nothing is written down")
  private String metric = "";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public ReportCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    ReportPrinter.require(invocation.options().output());
    KnownSweep known;
    try (Connection connection = connections.open()) {
      known = new Sweeps(connection, folders).get(name, metric);
    }
    Report report = Report.of(known.sweep(), known.jobs());
    if (!best) {
      new ReportPrinter(invocation).print(report);
      return 0;
    }
    if (report.best().isEmpty()) {
      throw new Problem.Failed(
          Explanation.of("no trial of sweep " + name + " has a result")
              .next("mlk sweep report " + name));
    }
    Output.Format format = invocation.options().output().format();
    if (format == Output.Format.YAML || format == Output.Format.JSON) {
      new Printer(invocation).document(report.bestJob().orElseThrow());
    } else {
      invocation.console().print(report.best().get().point().text());
    }
    return 0;
  }
}
