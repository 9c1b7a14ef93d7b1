package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.console.Cell;
import dev.mlk.console.Invocation;
import dev.mlk.console.Printer;
import dev.mlk.console.Table;
import dev.mlk.job.Job;
import dev.mlk.job.JobDocuments;
import dev.mlk.job.Submission;
import dev.mlk.manifest.Document;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.run.Runner;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Brings a plan into the cluster, or finds that it is there already. */
final class Start {
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
  private final Invocation invocation;
  private final Plan plan;
  private final String name;

  Start(Invocation invocation, Plan plan, String name) {
    this.invocation = invocation;
    this.plan = plan;
    this.name = name.isEmpty() ? plan.usualName() : name;
    if (!NAME.matcher(this.name).matches()) {
      throw new Problem.Usage(
          Explanation.of("--name " + name + " is no legal name")
              .because(
                  "lower-case letters, digits and dashes, beginning with a letter, at most 40"));
    }
  }

  /** What the sweep is called. */
  String name() {
    return name;
  }

  /** Prints what would be tried. */
  void preview() {
    List<String> columns = new ArrayList<>();
    columns.add("TRIAL");
    plan.spec()
        .space()
        .parameters()
        .forEach(parameter -> columns.add(parameter.name().toUpperCase(Locale.ROOT)));
    columns.add("JOB");
    Table table = new Table(columns.toArray(String[]::new));
    for (Trial trial : plan.trials()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(trial.number()));
      trial.point().values().values().forEach(value -> cells.add(Cell.of(value)));
      cells.add(Cell.of(trial.job(name)));
      table.row(cells.toArray(Cell[]::new));
    }
    new Printer(invocation).table(table);
    invocation.note(words() + "; nothing was created (dry run)");
  }

  /** The sweep as the cluster keeps it from now on. */
  Sweep begin(Connection connection, Course course) throws InterruptedException {
    SweepStore store = new SweepStore(connection.client(), connection.namespace());
    Optional<Sweep> there = store.find(name);
    if (there.isPresent()) {
      return goOn(there.get(), course);
    }
    SweepSpec spec = queued(connection);
    Submission submission = new Submission(connection.client(), connection.namespace());
    List<Document> tried = new ArrayList<>(plan.companions());
    Document first = Plan.document(spec, plan.trials().getFirst().point());
    first.object().withObjectProperty("metadata").put("name", plan.trials().getFirst().job(name));
    tried.add(first);
    submission.tryOut(tried, false);
    if (!plan.companions().isEmpty()) {
      submission.create(plan.companions(), true);
    }
    Sweep sweep = store.create(name, spec, plan.trials());
    invocation.note(words());
    invocation.note(Runner.forecast(connection, sweep));
    return sweep;
  }

  private SweepSpec queued(Connection connection) {
    SweepSpec spec = plan.spec();
    SweepSpec.Limits limits = spec.limits();
    String queue =
        limits.queue().isEmpty()
            ? Queues.of(connection.client(), connection.namespace(), spec.job()).orElse("")
            : limits.queue();
    return spec.with(spec.objective(), limits.queue(queue));
  }

  private Sweep goOn(Sweep there, Course course) throws InterruptedException {
    if (!there.spec().fingerprint().equals(plan.spec().fingerprint())) {
      throw new Problem.Conflict(
          Explanation.of(
                  "there is another sweep " + name + ", with other parameters or another job")
              .next("mlk sweep report " + name)
              .next("mlk sweep delete " + name)
              .next("the same command with --name OTHER"));
    }
    invocation.note(
        "Sweep "
            + name
            + " is there already: "
            + there.ended()
            + " of "
            + there.trials().size()
            + " trials have ended.");
    SweepSpec.Limits limits = plan.spec().limits();
    String queue = limits.queue().isEmpty() ? there.spec().limits().queue() : limits.queue();
    return course.reopen(there, plan.spec().objective(), limits.queue(queue));
  }

  private String words() {
    long gpus = JobDocuments.gpus(new Job(plan.spec().job()));
    int trials = plan.spec().search().trials();
    int known = plan.spec().newSearch().settled() ? plan.trials().size() : trials;
    return "Sweep "
        + name
        + ": "
        + known
        + (known == 1 ? " trial" : " trials")
        + (gpus == 0 ? "" : " of " + gpus + (gpus == 1 ? " GPU" : " GPUs"))
        + ", "
        + plan.spec().objective().goal()
        + " "
        + plan.spec().objective().metric();
  }
}
