package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Invocation;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.early.EarlyStop;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code mlk sweep}. */
@Command(
    name = "sweep",
    description = "Train one job many times with other parameters, and say which were best",
    customSynopsis = {
      "mlk sweep [FILE|TEMPLATE] --PARAM VALUES [--PARAM VALUES]... [OPTIONS]",
      "       mlk sweep list|get|report|render|stop|resume|delete"
    },
    footer = {
      "",
      "Any other option is a parameter of the template, or an argument of the program in FILE:",
      "  --lr 0.01,0.001          these values",
      "  --lr 1e-4..1e-1:log      a range, here on a logarithmic scale",
      "  --units 16..256:int:4    four whole numbers, evenly spaced",
      "",
      "Examples:",
      "  mlk sweep --lr 0.01,0.001,0.1",
      "  mlk sweep mnist-gpu --lr 1e-4..1e-2:log --batch-size 32,64 --parallel 2",
      "  mlk sweep job.yaml --lr 1e-4..1e-1:log --units 32..512:int --search random --trials 20",
      "  mlk sweep --lr 0.01,0.1 --batch-size 32,64 --where 'lr*batch_size<5' --metric loss",
      "  mlk sweep --lr 1e-4..1e-1:log --search tpe --trials 20 --detach"
    })
public final class SweepCommand implements Callable<Integer> {
  @Unmatched private List<String> words = new ArrayList<>();
  @Mixin private Options options = new Options();
  @Mixin private Detaching detaching = new Detaching();

  @Option(names = "--dry-run", description = "Only say what would be tried")
  private boolean dryRun;

  private final Invocation invocation;
  private final Connections connections;
  private final LogSources folders;

  /**
   * The command of one run.
   *
   * @param folders where the log folders of jobs are
   */
  public SweepCommand(Invocation invocation, Connections connections, LogSources folders) {
    this.invocation = invocation;
    this.connections = connections;
    this.folders = folders;
  }

  @Override
  public Integer call() throws Exception {
    ReportPrinter.require(invocation.options().output());
    Plan plan = Plan.of(invocation, options.read(words));
    plan.notes().forEach(invocation::note);
    Start start = new Start(invocation, plan, options.name());
    if (dryRun) {
      start.preview();
      return 0;
    }
    try (Connection connection = connections.open()) {
      Course course = new Course(invocation, connection, folders);
      Optional<RunnerJob.Wish> runner = detaching.wish();
      runner.ifPresent(wish -> wish.require(connection));
      Sweep sweep = start.begin(connection, course);
      return runner.isPresent() ? course.detach(sweep, runner.get()) : course.finish(sweep);
    }
  }

  /** Whether the sweep goes on without this command: {@code sweep} and {@code sweep resume}. */
  static final class Detaching {
    @Option(
        names = "--detach",
        description = "Let a Job of the cluster run the sweep, and come back at once")
    private boolean detach;

    @Option(
        names = "--runner-image",
        paramLabel = "IMAGE",
        description = "Image with mlk for --detach; the practice cluster has one")
    private String image = "";

    @Option(
        names = "--runner-account",
        paramLabel = "NAME",
        description = "Service account for --detach; else one of its own is made")
    private String account = "";

    /** How the sweep is to run in the cluster; empty when it is not. */
    Optional<RunnerJob.Wish> wish() {
      if (!detach && !(image.isEmpty() && account.isEmpty())) {
        throw new Problem.Usage(
            Explanation.of("--runner-image and --runner-account go with --detach"));
      }
      return detach ? Optional.of(new RunnerJob.Wish(image, account)) : Optional.empty();
    }
  }

  /** What says what is to be tried: {@code mlk sweep} and {@code mlk sweep render} take it. */
  static final class Options {
    @Option(names = "--template", paramLabel = "NAME", description = "Template to sweep: mnist")
    private String template = "";

    @Option(
        names = "--param",
        paramLabel = "NAME=VALUES",
        description = "A parameter by another way: of the name of an option, or a path as in --set")
    private List<String> parameters = new ArrayList<>();

    @Option(
        names = "--where",
        paramLabel = "CONDITION",
        description = "Only combinations that meet it, such as 'lr*batch_size<10'")
    private List<String> where = new ArrayList<>();

    @Option(
        names = "--set",
        paramLabel = "PATH=VALUE",
        description = "Change the job for all trials, as mlk tfjob submit does")
    private List<String> settings = new ArrayList<>();

    @Option(
        names = "--metric",
        paramLabel = "NAME",
        description = "What counts, as the log says it: NAME=NUMBER (accuracy)")
    private String metric = "accuracy";

    @Option(
        names = "--goal",
        paramLabel = "maximize|minimize",
        description = "Whether more is better; else the metric's name tells")
    private String goal = "";

    @Option(
        names = "--search",
        paramLabel = "grid|random|tpe",
        description = "How to choose (grid); tpe learns from the trials before")
    private String search = "grid";

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Seed of random choices (1)")
    private long seed = 1;

    @Option(
        names = "--trials",
        paramLabel = "NUMBER",
        description = "How many trials (random, tpe: 10)")
    private int trials;

    @Option(
        names = "--parallel",
        paramLabel = "NUMBER|auto",
        description = "Trials at once at most (auto: as many as fit)")
    private String parallel = "auto";

    @Option(
        names = "--retries",
        paramLabel = "NUMBER",
        description = "How often a failed trial is tried again (0)")
    private int retries;

    @Option(
        names = "--stop-early",
        paramLabel = "median|asha|none",
        description = "Stop running trials that are not worth their steps (none)")
    private String stopEarly = "none";

    @Option(names = "--queue", paramLabel = "NAME", description = "Kueue queue of the trials")
    private String queue = "";

    @Option(names = "--name", paramLabel = "NAME", description = "Call the sweep so")
    private String name = "";

    /** The name that was given; empty for none. */
    String name() {
      return name;
    }

    /** Everything that was typed, these words included. */
    Wish read(List<String> words) {
      Search.Kind kind =
          Search.Kind.of(search)
              .orElseThrow(
                  () ->
                      new Problem.Usage(
                          Explanation.of("--search takes grid, random or tpe, not " + search)));
      if (retries < 0 || trials < 0) {
        throw new Problem.Usage(Explanation.of("--retries and --trials take numbers from 0"));
      }
      if (!EarlyStop.NAMES.contains(stopEarly)) {
        throw new Problem.Usage(
            Explanation.of("--stop-early takes median, asha or none, not " + stopEarly));
      }
      return new Wish(
          words(words),
          where,
          settings,
          new Wish.Goal(metric, goal, kind, seed, trials),
          new SweepSpec.Limits(Limits.parallel(parallel), retries, queue, stopEarly));
    }

    private Words words(List<String> words) {
      try {
        Words read = Words.read(words, Wish.OPTIONS);
        List<String> all = new ArrayList<>(read.parameters());
        all.addAll(parameters);
        boolean both = !template.isEmpty() && !read.source().isEmpty();
        if (both) {
          throw new IllegalArgumentException("a file or --template, not both");
        }
        return new Words(template.isEmpty() ? read.source() : template, all);
      } catch (IllegalArgumentException e) {
        throw new Problem.Usage(Explanation.of(e.getMessage()).next("mlk sweep --help"));
      }
    }
  }
}
