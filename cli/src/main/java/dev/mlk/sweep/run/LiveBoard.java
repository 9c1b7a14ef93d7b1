package dev.mlk.sweep.run;

import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.sweep.report.Numbers;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.report.Sparkline;
import dev.mlk.sweep.report.TextReport;
import dev.mlk.sweep.store.Sweep;
import dev.mlk.sweep.store.Trial;
import dev.mlk.sweep.trial.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that is drawn anew in its place on a terminal: what runs, what was best, what is left.
 */
public final class LiveBoard implements Board {
  private static final int BEST = 5;
  private static final int RUNNING = 10;
  private static final int CURVE = 20;
  private final Console console;
  private int drawn;

  /** A board on this terminal. */
  public LiveBoard(Console console) {
    this.console = console;
  }

  /** A line of the board: text of that many columns, painted afterwards. */
  private record Row(String text, Style style) {}

  @Override
  public void show(Snapshot snapshot) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row("sweep " + snapshot.sweep().name() + ": " + Words.progress(snapshot), Style.BOLD));
    running(snapshot, rows);
    ended(snapshot.sweep(), rows);
    draw(rows);
  }

  private void running(Snapshot snapshot, List<Row> rows) {
    Sweep sweep = snapshot.sweep();
    int more = 0;
    for (Trial trial : sweep.trials()) {
      String name = trial.job(sweep.name());
      String state = trial.state().ended() ? null : snapshot.jobs().get(name);
      if (state != null) {
        if (more++ < RUNNING) {
          rows.add(new Row(running(snapshot, trial, state), Style.PLAIN));
        }
      }
    }
    if (more > RUNNING) {
      rows.add(new Row("  ... and " + (more - RUNNING) + " more run", Style.DIM));
    }
  }

  private String running(Snapshot snapshot, Trial trial, String state) {
    StringBuilder text = new StringBuilder("  ");
    text.append(padded(Integer.toString(trial.number()), 4)).append(padded(state, 11));
    text.append(point(snapshot.sweep(), trial));
    Measures live = snapshot.live().get(trial.job(snapshot.sweep().name()));
    String metric = snapshot.sweep().spec().objective().metric();
    if (live != null) {
      Optional.ofNullable(live.last().get("step"))
          .ifPresent(step -> text.append("  step ").append(step));
      Optional.ofNullable(live.last().get(metric))
          .ifPresent(value -> text.append("  ").append(metric).append(' ').append(value));
      text.append("  ").append(Sparkline.of(live.curve(CURVE).values(), console.unicode(), CURVE));
    }
    return text.toString();
  }

  private void ended(Sweep sweep, List<Row> rows) {
    List<Trial> ended =
        Report.of(sweep).ranked().stream().filter(trial -> trial.state().ended()).toList();
    for (Trial trial : ended.subList(0, Math.min(BEST, ended.size()))) {
      rows.add(
          new Row(
              "  "
                  + padded(Integer.toString(trial.number()), 4)
                  + padded(trial.state().text(), 11)
                  + point(sweep, trial)
                  + "  "
                  + sweep.spec().objective().metric()
                  + " "
                  + Numbers.of(trial.result().value())
                  + "  "
                  + Sparkline.of(trial.result().curve().values(), console.unicode(), CURVE),
              TextReport.style(trial.state())));
    }
    if (ended.size() > BEST) {
      rows.add(new Row("  ... and " + (ended.size() - BEST) + " more ended", Style.DIM));
    }
  }

  /** A trial's parameters, as wide as those of the widest. */
  private static String point(Sweep sweep, Trial trial) {
    int widest =
        sweep.trials().stream().mapToInt(one -> one.point().text().length()).max().orElse(0);
    String text = trial.point().text();
    return text + " ".repeat(widest - text.length());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private void draw(List<Row> rows) {
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append("\u001B[").append(drawn).append('A');
    }
    for (Row row : rows) {
      String text =
          row.text.length() < console.width()
              ? row.text
              : row.text.substring(0, console.width() - 1);
      screen.append('\r').append(console.paint(row.style, text)).append("\u001B[K\n");
    }
    screen.append("\u001B[J");
    drawn = rows.size();
    console.err().print(screen);
    console.err().flush();
  }

  @Override
  public void news(Snapshot snapshot, Trial trial) {
    show(snapshot);
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public void close() {
    if (drawn > 0) {
      console.err().print("\u001B[" + drawn + "A\r\u001B[J");
      console.err().flush();
      drawn = 0;
    }
  }
}
