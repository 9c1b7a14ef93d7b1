package dev.mlk.metrics;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Interruptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk metrics}. */
@Command(
    name = "metrics",
    description = "Print the numbers that a job, a sweep or a folder has logged for TensorBoard",
    footer = {
      "",
      "Without -o it prints one line for each run and tag. -o csv and -o json print every number:",
      "run, tag, step, wall time in seconds since 1970, and value.",
      "",
      "Examples:",
      "  mlk metrics mnist",
      "  mlk metrics mnist -o csv --tag loss > loss.csv",
      "  mlk metrics ./logs -o json --run test",
      "  mlk metrics mnist -w"
    })
public final class MetricsCommand implements Callable<Integer> {
  private static final long PAUSE_SECONDS = 1;

  @Parameters(paramLabel = "NAME|DIR", description = "Job, sweep, folder or event file")
  private String name = "";

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only this tag, such as loss; may be given several times")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "Only this run and what is below it; may be given several times")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = {"-w", "--watch"},
      description = "Go on while training writes, until the job has ended or you press Ctrl-C")
  private boolean watch;

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources sources;

  /**
   * The command of one run.
   *
   * @param practiceFolder the folder of the practice cluster of that name
   */
  public MetricsCommand(
      Invocation invocation, Connections connections, Function<String, Path> practiceFolder) {
    this.invocation = invocation;
    this.connections = connections;
    this.sources = new LogSources(invocation, connections, practiceFolder);
  }

  @Override
  public Integer call() throws Exception {
    Output output = invocation.options().output();
    output.require(Output.Format.CSV, Output.Format.JSON, Output.Format.JSONL);
    if (watch && output.format() == Output.Format.JSON) {
      throw new Problem.Usage(
          Explanation.of("a document that grows has no end: -w does not go with -o json")
              .next("mlk metrics " + name + " -w -o jsonl"));
    }
    Selection selection = new Selection(tags, runs);
    LogSources.Found found = sources.find(name);
    Reading reading = new Reading(invocation, watch ? found.sources() : found.orThrow(), selection);
    Metrics metrics =
        switch (output.format()) {
          case CSV -> new RawNumbers(reading, new CsvLines(invocation.console()));
          case JSON -> new RawNumbers(reading, new JsonDocument(invocation.console()));
          case JSONL -> new RawNumbers(reading, new JsonLines(invocation.console()));
          default -> new CurveTable(reading);
        };
    if (watch) {
      Interruptions.during(invocation.console(), "Training goes on.", () -> follow(metrics));
    } else {
      metrics.print(false);
    }
    return new Findings(invocation, reading, this::lastLines).report(name).number();
  }

  private Void follow(Metrics metrics) throws InterruptedException {
    Optional<Instant> deadline =
        invocation.options().timeout().map(t -> invocation.clock().instant().plus(t));
    while (true) {
      LogSources.Found found = sources.find(name);
      metrics.reading().add(found.sources());
      boolean over = sources.over(name);
      metrics.print(!over);
      invocation.console().flush();
      if (over || deadline.map(end -> !invocation.clock().instant().isBefore(end)).orElse(false)) {
        return null;
      }
      // Nothing counts it down: a pause that a test's clock need not know of.
      if (new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
        return null;
      }
    }
  }

  private List<String> lastLines(LogSource source) {
    if (source.job().isEmpty()) {
      return List.of();
    }
    try (Connection connection = connections.open()) {
      return LastLines.of(connection, source.job().get());
    }
  }
}
