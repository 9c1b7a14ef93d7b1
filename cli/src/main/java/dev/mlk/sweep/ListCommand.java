package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import dev.mlk.sweep.report.Documents;
import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code mlk sweep list}. */
@Command(
    name = "list",
    description = "List the sweeps of the namespace",
    footer = {"", "Examples:", "  mlk sweep list", "  mlk sweep list -o json"})
public final class ListCommand implements Callable<Integer> {
  private final Invocation invocation;
  private final Connections connections;

  /** The command of one run. */
  public ListCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML, Output.Format.NAME);
    try (Connection connection = connections.open()) {
      List<Sweep> sweeps = new SweepStore(connection.client(), connection.namespace()).list();
      if (output.format() == Output.Format.NAME) {
        sweeps.forEach(sweep -> invocation.console().print(sweep.name()));
      } else if (sweeps.isEmpty() && !output.machine()) {
        invocation.note("No sweeps in namespace " + connection.namespace() + ".");
      } else {
        new Printer(invocation).listing(table(sweeps), () -> Documents.list(sweeps));
      }
      return 0;
    }
  }

  private static Table table(List<Sweep> sweeps) {
    Table table = new Table("NAME", "SEARCH", "ENDED", "METRIC", "BEST", "WITH", "AGE");
    for (Sweep sweep : sweeps) {
      Optional<Trial> best = Report.of(sweep).best();
      table.row(
          Cell.of(sweep.name()),
          Cell.of(sweep.spec().search().kind().word() + (sweep.stopped() ? ", stopped" : "")),
          Cell.of(sweep.ended() + "/" + sweep.trials().size()),
          Cell.of(sweep.spec().objective().metric()),
          Cell.of(best.map(trial -> Numbers.of(trial.result().value())).orElse("-")),
          Cell.of(best.map(trial -> trial.point().text()).orElse("-")),
          Cell.of(sweep.created()));
    }
    return table;
  }
}
