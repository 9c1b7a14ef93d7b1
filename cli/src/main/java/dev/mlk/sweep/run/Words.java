package dev.mlk.sweep.run;

import dev.mlk.console.Age;
import dev.mlk.job.Job;
import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.search.Search;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** How far a sweep is, in words. */
final class Words {
  private static final String QUEUED = Job.State.SUSPENDED.text();

  private Words() {}

  /** How many trials there will be, as far as anybody knows. */
  static int total(Snapshot snapshot) {
    Sweep sweep = snapshot.sweep();
    boolean settled = sweep.spec().search().kind() == Search.Kind.GRID;
    return settled
        ? sweep.trials().size()
        : Math.max(sweep.trials().size(), sweep.spec().search().trials());
  }

  /**
   * {@code 4 of 9 ended, 3 run, 2 wait (3 GPUs for this sweep), best accuracy 0.95, about 20s
   * left}.
   */
  static String progress(Snapshot snapshot) {
    Sweep sweep = snapshot.sweep();
    int ended = sweep.ended();
    int waiting = Math.max(0, total(snapshot) - ended - snapshot.active());
    StringBuilder text = new StringBuilder();
    text.append(ended).append(" of ").append(total(snapshot)).append(" ended, ");
    long queued = snapshot.jobs().values().stream().filter(QUEUED::equals).count();
    long running = snapshot.active() - queued;
    text.append(running).append(running == 1 ? " runs" : " run");
    if (queued > 0) {
      text.append(", ").append(queued).append(queued == 1 ? " is queued" : " are queued");
    }
    if (waiting > 0) {
      text.append(", ").append(waiting).append(waiting == 1 ? " waits" : " wait");
      if (!snapshot.room().isEmpty()) {
        text.append(" (").append(snapshot.room()).append(')');
      }
    }
    Optional<Trial> best = Report.of(sweep).best();
    best.ifPresent(
        trial ->
            text.append(", best ")
                .append(sweep.spec().objective().metric())
                .append(' ')
                .append(Numbers.of(trial.result().value())));
    left(snapshot, waiting).ifPresent(time -> text.append(", about ").append(time).append(" left"));
    return text.toString();
  }

  /** What is left at the mean time of ended trials; half of a running one is thought to be over. */
  private static Optional<String> left(Snapshot snapshot, int waiting) {
    OptionalDouble mean =
        snapshot.sweep().trials().stream()
            .mapToDouble(trial -> trial.result().seconds())
            .filter(seconds -> seconds > 0)
            .average();
    if (mean.isEmpty() || snapshot.active() == 0) {
      return Optional.empty();
    }
    double rounds = 0.5 + waiting / (double) snapshot.active();
    return Optional.of(
        Age.of(Duration.ofSeconds(Math.round(Math.ceil(rounds * mean.getAsDouble())))));
  }
}
