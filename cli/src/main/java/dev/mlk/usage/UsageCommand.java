package dev.mlk.usage;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.facts.Reader;
import dev.mlk.gpu.overview.GpuNow;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.tfjob.ledger.LedgerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mlk usage}. */
@Command(
    name = "usage",
    description = "Say what was held of GPUs, CPUs and memory, by whom, and what it cost",
    footer = {
      "",
      "A pod holds its node's resources from when it is scheduled until it ends or is",
      "gone; waiting for a node and being suspended are free. Deleted jobs are counted",
      "from the ledger that the operator keeps in their namespace.",
      "",
      "Examples:",
      "  mlk usage",
      "  mlk usage --since 7d --by job",
      "  mlk usage -A --by label=team --prices prices.yaml",
      "  mlk usage -A --month 2026-10 -o html > usage.html"
    })
public final class UsageCommand implements Callable<Integer> {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "From this day or time on, or so long ago: 2026-10-01, 7d (30d)")
  private String since = "";

  @Option(names = "--until", paramLabel = "TIME", description = "Up to this day or time (now)")
  private String until = "";

  @Option(names = "--month", paramLabel = "MONTH", description = "This month of UTC: 2026-10")
  private String month = "";

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description = "Sum up by namespace, owner, job or label=KEY (namespace)")
  private String by = "namespace";

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "What an hour of a GPU, a CPU and a GiB costs")
  private String prices = "";

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Of all namespaces")
  private boolean all;

  private final Invocation invocation;
  private final Connections connections;

  /** The command. */
  public UsageCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output output = invocation.options().output();
    output.require(
        Output.Format.WIDE,
        Output.Format.JSON,
        Output.Format.YAML,
        Output.Format.CSV,
        Output.Format.MARKDOWN,
        Output.Format.HTML);
    Window window = Window.of(since, until, month, invocation.clock().instant());
    Grouping grouping = Grouping.of(by);
    Optional<Prices> costs = prices.isEmpty() ? Optional.empty() : Optional.of(prices());
    try (Connection connection = connections.open()) {
      String namespace = all ? "" : connection.namespace();
      Reader reader = new Reader(connection.client());
      UsageReader usage = new UsageReader(reader, namespace, window, grouping);
      List<LedgerEntry> entries = usage.read();
      Busy busy = busy(reader, usage.now(), window, entries);
      Bill.Scope scope = new Bill.Scope(namespace, window, grouping, costs, busy);
      print(Bill.of(scope, entries, usage.notes()), reader.calls(), output.format());
      return 0;
    }
  }

  /** Asked only when pods hold GPUs, and the bill goes up to this moment. */
  private Busy busy(Reader reader, GpuNow now, Window window, List<LedgerEntry> entries)
      throws InterruptedException {
    if (window.until().isBefore(window.now()) || entries.stream().noneMatch(Busy::holds)) {
      return Busy.UNKNOWN;
    }
    if (!all) {
      // The exporters are pods of some other namespace.
      reader.attempt("list pods of all namespaces", now::readAll);
    }
    return now.percent(reader, invocation.clock()).map(Busy::new).or(Busy.UNKNOWN);
  }

  private void print(Bill bill, int requests, Output.Format format) {
    switch (format) {
      case CSV -> invocation.console().out().print(UsageCsv.text(bill));
      case MARKDOWN -> invocation.console().out().print(UsageMarkdown.text(bill));
      case HTML -> invocation.console().out().print(UsageHtml.text(bill));
      case JSON, YAML -> new Printer(invocation).document(UsageDocument.of(bill, requests));
      case TEXT, WIDE, NAME, JSONL, JUNIT -> {
        if (bill.groups().isEmpty()) {
          invocation.note("Nothing was held " + UsageTable.where(bill) + ".");
        } else {
          new Printer(invocation).table(UsageTable.of(bill));
        }
        bill.notes().forEach(note -> invocation.note("Note: " + note + "."));
      }
    }
  }

  private Prices prices() {
    try {
      return PricesFile.read(Files.readString(invocation.directory().resolve(prices)), prices);
    } catch (NoSuchFileException e) {
      throw new Problem.NotFound(Explanation.of("there is no file " + prices));
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the file " + prices + " cannot be read").because(e.getMessage()));
    }
  }
}
