package dev.mlk.board;

import dev.mlk.board.data.Logs;
import dev.mlk.board.data.RunName;
import dev.mlk.board.text.TextCurves;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.LiveView;
import dev.mlk.format.Nearest;
import dev.mlk.metrics.LogSource;
import dev.mlk.metrics.LogSources;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** The board in the terminal. */
final class TextBoard {
  private static final int MANY = 8;

  /**
   * What to draw, and how.
   *
   * @param tags only these tags; none for all
   * @param runs only these runs; none for all
   * @param smoothing the weight, 0 for none
   */
  record Wanted(List<String> tags, List<String> runs, double smoothing) {}

  private final Invocation invocation;
  private final Callable<LogSources.Found> finder;
  private final BooleanSupplier over;
  private final Wanted wanted;
  private final TextCurves curves;
  private final Logs logs = new Logs(Runtime.getRuntime().availableProcessors());

  /**
   * A board.
   *
   * @param finder finds the log folders, again and again
   * @param over whether nobody writes any more
   */
  TextBoard(
      Invocation invocation,
      Callable<LogSources.Found> finder,
      BooleanSupplier over,
      Wanted wanted) {
    this.invocation = invocation;
    this.finder = finder;
    this.over = over;
    this.wanted = wanted;
    this.curves = new TextCurves(wanted.tags, wanted.runs, wanted.smoothing);
  }

  int show(List<String> names, boolean watch) throws Exception {
    LogSources.Found found = finder.call();
    if (watch) {
      return watch();
    }
    logs.add(found.orThrow());
    logs.read();
    String text = curves.text(invocation.console(), logs);
    if (text.isEmpty()) {
      throw nothing(names);
    }
    invocation.console().out().print(text);
    tellDamages();
    return 0;
  }

  private int watch() throws Exception {
    int code = LiveView.show(invocation, Duration.ofSeconds(1), this::picture);
    tellDamages();
    return code;
  }

  private LiveView.Picture picture() throws Exception {
    boolean last = over.getAsBoolean();
    logs.add(finder.call().sources());
    logs.read();
    return new LiveView.Picture() {
      @Override
      public String text(Console console) {
        String text = curves.text(console, logs);
        return text.isEmpty() ? "There is no curve yet.\n" : text;
      }

      @Override
      public boolean last() {
        return last;
      }
    };
  }

  private void tellDamages() {
    List<String> damages = logs.damages();
    damages.stream().limit(MANY).forEach(invocation::note);
    if (damages.size() > MANY) {
      invocation.note("and " + (damages.size() - MANY) + " more like these; reading went on.");
    }
  }

  private Problem nothing(List<String> names) {
    Explanation what = Explanation.of("there is no curve to draw" + of(names));
    Set<String> tags = logs.scalarTags().keySet();
    if (tags.isEmpty()) {
      List<String> places =
          logs.sources().stream().map(LogSource::folder).map(String::valueOf).toList();
      what = what.because("no event file with numbers is in " + some(places));
      return new Problem.NotFound(
          what.next("mlk metrics" + (names.isEmpty() ? " JOB" : " " + names.getFirst())));
    }
    for (String tag : wanted.tags) {
      if (!tags.contains(tag)) {
        what = what.because("no tag is called " + tag + "; there are: " + some(tags));
        String near = Nearest.to(tag, tags).orElse(tags.iterator().next());
        return new Problem.NotFound(what.next(again(names) + " --tag " + near));
      }
    }
    List<String> runs = logs.runs().stream().map(RunName::name).toList();
    what = what.because("there are the runs: " + some(runs));
    String near = Nearest.to(wanted.runs.isEmpty() ? "" : wanted.runs.getFirst(), runs).orElse("");
    return new Problem.NotFound(what.next(again(names) + (near.isEmpty() ? "" : " --run " + near)));
  }

  private static String of(List<String> names) {
    return names.isEmpty() ? "" : " of " + String.join(", ", names);
  }

  private static String again(List<String> names) {
    return "mlk tensorboard" + TensorBoardCommand.shown(names) + " --text";
  }

  private static String some(Iterable<String> names) {
    List<String> all = new ArrayList<>();
    names.forEach(all::add);
    String text = String.join(", ", all.subList(0, Math.min(MANY, all.size())));
    return all.size() > MANY ? text + " and " + (all.size() - MANY) + " more" : text;
  }
}
