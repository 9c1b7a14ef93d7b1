package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import dev.mlk.metrics.LogSources;
import dev.mlk.sweep.report.Documents;
import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.report.TextReport;
import dev.mlk.sweep.run.Runner;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mlk sweep get}. */
@Command(
    name = "get",
    description = "Show a sweep as it is now: which trials ran, run and wait",
    footer = {
      "",
      "Examples:",
      "  mlk sweep get mnist-k2d4fa",
      "  mlk sweep get mnist-k2d4fa -o json"
    })
public final class GetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "Name of the sweep")
  private String name = "";

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /** The command of one run. */
  public GetCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    invocation.options().output().require(Output.Format.JSON, Output.Format.YAML);
    try (Connection connection = connections.open()) {
      KnownSweep known = new Sweeps(connection, folders).get(name, "");
      Sweep sweep = known.sweep();
      Map<String, String> states = new HashMap<>(known.states());
      new SweepJobs(connection.client(), connection.namespace(), name)
          .all()
          .forEach((job, it) -> states.put(job, it.state().text()));
      new Printer(invocation)
          .listing(table(sweep, states), () -> Documents.report(Report.of(sweep, known.jobs())));
      Runner.host(connection, name, invocation.clock().instant())
          .ifPresent(host -> invocation.note(host + " runs it."));
      if (sweep.stopped()) {
        invocation.note("The sweep is stopped. Next: mlk sweep resume " + name);
      }
      return 0;
    }
  }

  private static Table table(Sweep sweep, Map<String, String> states) {
    String metric = sweep.spec().objective().metric().toUpperCase(Locale.ROOT);
    Table table = new Table("TRIAL", "PARAMETERS", metric, "STATE", "JOB");
    for (Trial trial : sweep.trials()) {
      String job = trial.job(sweep.name());
      String state =
          trial.state().ended() ? trial.state().text() : states.getOrDefault(job, "Waiting");
      table.row(
          Cell.of(trial.number()),
          Cell.of(trial.point().text()),
          Cell.of(Numbers.of(trial.result().value())),
          Cell.of(state, TextReport.style(trial.state())),
          Cell.of(job));
    }
    return table;
  }
}
