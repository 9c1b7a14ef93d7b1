package dev.mlk.sweep.run;

import dev.mlk.console.Invocation;
import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.store.TrialState;
import java.time.Duration;

/** A line for each thing that happens, for pipes and logs. */
public final class LineBoard implements Board {
  private static final Duration STEADY = Duration.ofSeconds(30);
  private final Invocation invocation;
  private String shown = "";
  private Duration last = Duration.ZERO;

  /** Lines to the person. */
  public LineBoard(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public void show(Snapshot snapshot) {
    String text = Words.progress(snapshot);
    boolean first = shown.isEmpty();
    if (first || (!text.equals(shown) && last.plus(STEADY).compareTo(snapshot.elapsed()) < 0)) {
      shown = text;
      last = snapshot.elapsed();
      invocation.note(text);
    }
  }

  @Override
  public void news(Snapshot snapshot, Trial trial) {
    last = snapshot.elapsed();
    shown = Words.progress(snapshot);
    invocation.note(line(snapshot, trial));
  }

  private static String line(Snapshot snapshot, Trial trial) {
    String metric = snapshot.sweep().spec().objective().metric();
    String head =
        "trial " + trial.number() + "/" + Words.total(snapshot) + " " + trial.point().text() + ": ";
    String cause = trial.result().cause().isEmpty() ? "" : trial.result().cause().getFirst();
    if (trial.state() == TrialState.SUCCEEDED) {
      return head + metric + "=" + Numbers.of(trial.result().value());
    }
    return head
        + (trial.state() == TrialState.OPEN ? "tried again. " : trial.state().text() + ". ")
        + cause;
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public void close() {
    // Every line has been written.
    shown = "";
  }
}
