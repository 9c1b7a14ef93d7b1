package dev.mlk.board;

import dev.mlk.board.pod.PodFiles;
import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.JobLogs;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mlk tensorboard}. */
@Command(
    name = "tensorboard",
    description = "Show the curves of jobs, a sweep or a folder in the browser or the terminal",
    footer = {
      "",
      "Without a name: all jobs of the namespace. The page is served to this machine only and",
      "grows while training writes; Ctrl-C ends it. For folders and the practice cluster it is",
      "mlk's own page, which needs no Python and gives TensorBoard's data too, below",
      "/data/plugin/scalars. On another cluster TensorBoard runs in a pod on the jobs' claim",
      "until you end it; what is in a pod only is fetched and shown here.",
      "",
      "Examples:",
      "  mlk tensorboard mnist",
      "  mlk tensorboard my-sweep --open",
      "  mlk tensorboard mnist other-job",
      "  mlk tensorboard ./logs --port 6007",
      "  mlk tensorboard mnist --image registry.example/tensorboard:2.20",
      "  mlk tensorboard mnist --text",
      "  mlk tensorboard mnist --text -w --tag loss --smoothing 0.6"
    })
public final class TensorBoardCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "JOB|SWEEP|DIR",
      description = "Jobs, sweeps, folders or event files; none for all jobs of the namespace")
  private List<String> names = new ArrayList<>();

  @Option(names = "--text", description = "Draw the curves in the terminal")
  private boolean text;

  @Option(
      names = {"-w", "--watch"},
      description = "With --text: go on while training writes, until the jobs have ended")
  private boolean watch;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "With --text: only this tag, such as loss; may be given several times")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "With --text: only this run and what is below it; may be given several times")
  private List<String> runs = new ArrayList<>();

  @Option(
      names = "--smoothing",
      paramLabel = "WEIGHT",
      description = "With --text: smooth as TensorBoard does, from 0 (not at all) to 0.999")
  private double smoothing;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The page's port on this machine; else 6006, or another when that is taken")
  private int port;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "On another cluster: the image of TensorBoard's pod, which reads the claim")
  private String image = "";

  @Option(names = "--open", description = "Open the page in the browser")
  private boolean open;

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources sources;
  private final String version;

  /**
   * The command of one run.
   *
   * @param practiceFolder the folder of the practice cluster of that name
   * @param version the version of mlk
   */
  public TensorBoardCommand(
      Invocation invocation,
      Connections connections,
      Function<String, Path> practiceFolder,
      String version) {
    this.invocation = invocation;
    this.connections = connections;
    this.sources = new LogSources(invocation, connections, practiceFolder);
    this.version = version;
  }

  @Override
  public Integer call() throws Exception {
    invocation.options().output().require();
    if (port < 0 || port > 65535) {
      throw new Problem.Usage(
          Explanation.of("no port " + port).because("a port is a number from 1 to 65535"));
    }
    if (smoothing < 0 || smoothing >= 1) {
      throw new Problem.Usage(
          Explanation.of("no smoothing of " + smoothing)
              .because("it is a weight from 0 (not at all) to 0.999"));
    }
    if (!text) {
      refuseTextOptions();
    }
    if (!names.isEmpty() && names.stream().allMatch(sources::isPath)) {
      return board(() -> sources.find(names));
    }
    try (Connection connection = connections.open()) {
      // The practice cluster's volumes are folders of this machine.
      return !connection.practice().isEmpty() && image.isEmpty()
          ? board(() -> sources.find(names))
          : elsewhere(connection);
    }
  }

  private int board(Callable<LogSources.Found> finder) throws Exception {
    return text
        ? new TextBoard(
                invocation,
                finder,
                () -> sources.over(names),
                new TextBoard.Wanted(tags, runs, smoothing))
            .show(names, watch)
        : new WebBoard(invocation, finder, version).serve(title(), port, open);
  }

  /** A cluster that does not run on this machine. */
  private int elsewhere(Connection connection) throws Exception {
    Optional<String> folder = names.stream().filter(sources::isPath).findFirst();
    if (folder.isPresent()) {
      throw new Problem.Usage(
          Explanation.of("a folder of this machine and jobs of another cluster are two boards")
              .next("mlk tensorboard " + folder.get()));
    }
    List<JobLogs> logs = LogSources.places(connection, names);
    List<JobLogs> shared = logs.stream().filter(JobLogs::shared).toList();
    if (!text && !shared.isEmpty()) {
      if (shared.size() < logs.size()) {
        invocation.note(
            (logs.size() - shared.size())
                + " log folders are in pods only, and not shown: mlk tensorboard JOB --text does.");
      }
      return new PodBoard(invocation, connection).serve(shared, image, port, open);
    }
    try (PodFiles files = new PodFiles(logs)) {
      files.fetchFirst(connection);
      return board(() -> new LogSources.Found(files.fetch(connection), Optional.empty()));
    }
  }

  private void refuseTextOptions() {
    String given = "";
    if (watch) {
      given = "-w";
    } else if (!tags.isEmpty()) {
      given = "--tag";
    } else if (!runs.isEmpty()) {
      given = "--run";
    } else if (smoothing > 0) {
      given = "--smoothing";
    }
    if (!given.isEmpty()) {
      throw new Problem.Usage(
          Explanation.of(given + " goes with --text")
              .because("the page is always live and has all of them to click")
              .next("mlk tensorboard" + shown(names) + " --text " + given));
    }
  }

  /** A long path by its last part. */
  private String title() {
    if (names.isEmpty()) {
      return "all jobs";
    }
    Path last = Path.of(names.getFirst()).normalize().getFileName();
    String first = last == null || last.toString().isEmpty() ? names.getFirst() : last.toString();
    return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
  }

  /** How names are written in advice: nothing for all jobs. */
  static String shown(List<String> names) {
    return names.isEmpty() ? "" : " " + String.join(" ", names);
  }
}
