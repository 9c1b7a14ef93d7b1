package dev.mlk.board.text;

import dev.mlk.board.data.Line;
import dev.mlk.board.data.Logs;
import dev.mlk.console.Console;
import java.util.List;

/** All curves of a board as text: a chart for each tag, a line for each run. */
public final class TextCurves {
  private final List<String> tags;
  private final List<String> runs;
  private final double smoothing;

  /**
   * Which curves to draw, and how.
   *
   * @param tags the tags; none for all
   * @param runs the runs, with those below them; none for all
   * @param smoothing from 0 for none to less than 1, see {@link dev.mlk.board.data.Smoothing}
   */
  public TextCurves(List<String> tags, List<String> runs, double smoothing) {
    this.tags = List.copyOf(tags);
    this.runs = List.copyOf(runs);
    this.smoothing = smoothing;
  }

  /** The charts; empty when there is not one number of what is wanted. */
  public String text(Console console, Logs logs) {
    StringBuilder text = new StringBuilder();
    for (String tag : logs.scalarTags().keySet()) {
      if (tags.isEmpty() || tags.contains(tag)) {
        List<Line> lines =
            logs.lines(tag).stream().filter(line -> wanted(line.run().name())).toList();
        if (!lines.isEmpty()) {
          text.append(text.isEmpty() ? "" : "\n");
          new Chart(console, tag, lines, smoothing).append(text);
        }
      }
    }
    return text.toString();
  }

  private boolean wanted(String run) {
    return runs.isEmpty()
        || runs.stream().anyMatch(one -> run.equals(one) || run.startsWith(one + "/"));
  }
}
