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
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.store.KnownSweep;
import dev.mlk.sweep.store.Sweep;
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
  private final LogSources folders;

  /** The command of one run. */
  public ListCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() {
    Output output = invocation.options().output();
    output.require(Output.Format.JSON, Output.Format.YAML, Output.Format.NAME);
    try (Connection connection = connections.open()) {
      List<KnownSweep> sweeps = new Sweeps(connection, folders).list();
      if (output.format() == Output.Format.NAME) {
        sweeps.forEach(known -> invocation.console().print(known.sweep().name()));
      } else if (sweeps.isEmpty() && !output.machine()) {
        invocation.note("No sweeps in namespace " + connection.namespace() + ".");
      } else {
        new Printer(invocation).listing(table(sweeps), () -> Documents.list(sweeps));
      }
      return 0;
    }
  }

  private static Table table(List<KnownSweep> sweeps) {
    Table table = new Table("NAME", "SEARCH", "ENDED", "METRIC", "BEST", "WITH", "AGE");
    for (KnownSweep known : sweeps) {
      Sweep sweep = known.sweep();
      Optional<Trial> best = Report.of(sweep).best();
      table.row(
          Cell.of(sweep.name()),
          Cell.of(search(known)),
          Cell.of(sweep.ended() + "/" + sweep.trials().size()),
          Cell.of(sweep.spec().objective().metric()),
          Cell.of(best.map(trial -> Numbers.of(trial.result().value())).orElse("-")),
          Cell.of(best.map(trial -> trial.point().text()).orElse("-")),
          Cell.of(sweep.created()));
    }
    return table;
  }

  /** {@code grid}, {@code tpe, stopped}, {@code random (Katib)}, {@code Helm}. */
  private static String search(KnownSweep known) {
    Search.Kind kind = known.sweep().spec().search().kind();
    if (kind == Search.Kind.OTHER) {
      return known.origin();
    }
    String word = kind.word() + (known.sweep().stopped() ? ", stopped" : "");
    return known.origin().isEmpty() ? word : word + " (" + known.origin() + ")";
  }
}
