package dev.mlk.sweep;

import dev.mlk.connect.Connection;
import dev.mlk.console.Console;
import dev.mlk.console.Interruptions;
import dev.mlk.console.Invocation;
import dev.mlk.job.Job;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.run.Board;
import dev.mlk.sweep.run.LineBoard;
import dev.mlk.sweep.run.LiveBoard;
import dev.mlk.sweep.run.Patience;
import dev.mlk.sweep.run.Runner;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.SweepSpec;
import dev.mlk.sweep.store.SweepStore;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import dev.mlk.sweep.trial.EventSource;
import dev.mlk.sweep.trial.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From a sweep that the cluster keeps to its report: what a new and a resumed one share. */
final class Course {
  private final Invocation invocation;
  private final Connection connection;
  private final LogSources folders;

  Course(Invocation invocation, Connection connection, LogSources folders) {
    this.invocation = invocation;
    this.connection = connection;
    this.folders = folders;
  }

  /**
   * Makes a sweep that is there already ready to go on: failed trials are open again, results are
   * judged by the objective that is asked for now, and it is not stopped any more.
   */
  Sweep reopen(Sweep there, Objective objective, SweepSpec.Limits limits)
      throws InterruptedException {
    return new Patience(invocation).insist(() -> reopened(there, objective, limits));
  }

  private Sweep reopened(Sweep there, Objective objective, SweepSpec.Limits limits) {
    SweepStore store = new SweepStore(connection.client(), there.namespace());
    Sweep sweep = there;
    boolean other = !objective.equals(sweep.spec().objective());
    if (other || sweep.stopped() || !limits.equals(sweep.spec().limits())) {
      sweep = store.configure(sweep, sweep.spec().with(objective, limits), false);
    }
    if (other) {
      List<Trial> judged =
          sweep.trials().stream()
              .map(trial -> trial.with(Judgement.again(trial.result(), objective)))
              .toList();
      sweep = store.save(sweep, judged);
    }
    List<Trial> open = new ArrayList<>();
    Map<String, Job> jobs = Map.of();
    if (sweep.trials().stream().anyMatch(trial -> trial.state() == TrialState.NO_METRIC)) {
      jobs = new SweepJobs(connection.client(), sweep.namespace(), sweep.name()).all();
    }
    for (Trial trial : sweep.trials()) {
      if (trial.state() == TrialState.FAILED) {
        open.add(trial.reopened());
      } else if (trial.state() == TrialState.NO_METRIC
          && jobs.containsKey(trial.job(sweep.name()))) {
        // Its job has trained: log and event files are read again, nothing else.
        open.add(trial.with(Result.NONE));
      }
    }
    return store.save(sweep, open);
  }

  /** Hands the sweep over to a Job of the cluster. */
  int detach(Sweep sweep, RunnerJob.Wish wish) {
    boolean there = new RunnerJob(connection.client(), sweep).start(wish);
    String job = RunnerJob.name(sweep.name());
    invocation.console().print("sweep/" + sweep.name() + (there ? " runs" : " detached"));
    invocation.note(
        "The job "
            + job
            + (there ? " runs it already" : " runs it")
            + ", whatever becomes of this"
            + " machine. Next: mlk sweep get "
            + sweep.name());
    return 0;
  }

  /** Runs to the end and prints the report. The exit code tells whether all trials are done. */
  int finish(Sweep sweep) throws Exception {
    Sweep ended = sweep;
    boolean over =
        sweep.trials().stream().allMatch(trial -> trial.state().ended())
            && sweep.trials().size() >= sweep.spec().search().trials();
    if (over) {
      int number = sweep.trials().size();
      invocation.note(
          (number == 1 ? "The only trial has" : "All " + number + " trials have")
              + " ended; nothing is run again.");
    } else {
      EventSource events = new EventSource(connection, folders);
      Runner runner = new Runner(connection, invocation, sweep, board(), events);
      ended =
          Interruptions.during(
              invocation.console(), () -> interrupted(runner, sweep.name()), runner::run);
    }
    Report report = Report.of(ended);
    new ReportPrinter(invocation).print(report);
    if (!report.complete()) {
      throw incomplete(report, ended.name());
    }
    if (report.best().isPresent()) {
      invocation.note("Next: mlk sweep report " + ended.name() + " --best -o yaml > best.yaml");
    }
    return 0;
  }

  private static String interrupted(Runner runner, String name) {
    return runner.follows()
        ? "Interrupted; the sweep goes on, as others run it. Next: mlk sweep get " + name
        : "Interrupted; running trials go on, no new one starts. Next: mlk sweep resume " + name;
  }

  private static Problem incomplete(Report report, String name) {
    long left = report.ranked().stream().filter(trial -> !trial.state().finished()).count();
    Explanation explanation =
        Explanation.of(
            left
                + " of "
                + report.ranked().size()
                + " trials of sweep "
                + name
                + (left == 1 ? " has" : " have")
                + " no result");
    if (report.count(TrialState.NO_METRIC) > 0) {
      explanation =
          explanation.next(
              "mlk sweep resume "
                  + name
                  + " --metric OTHER judges by a number that is there; nothing is trained again");
    }
    if (report.count(TrialState.FAILED) > 0) {
      explanation = explanation.next("mlk sweep resume " + name + " tries what failed again");
    }
    return new Problem.Failed(explanation);
  }

  private Board board() {
    Console console = invocation.console();
    boolean live = console.terminals().err() && !invocation.options().switches().quiet();
    return live ? new LiveBoard(console) : new LineBoard(invocation);
  }
}
