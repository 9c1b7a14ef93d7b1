package dev.mlk.course.watch;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.course.page.Lines;
import java.util.ArrayList;
import java.util.List;

/** Ticks and diagnosis of a module, in a width. */
final class Summary {
  private static final int BAR = 12;
  private static final int LABEL = 10;
  private static final int LEAST_TITLE = 12;
  private final Console console;

  /** A summary as wide as the console. */
  Summary(Console console) {
    this.console = console;
  }

  /** {@code Module 3: GPUs ######...... 3/6 12 of 30 min}. */
  String header(Lesson lesson, Lesson.Standing standing) {
    int all = standing.ticks().size();
    long passed = standing.passed();
    int filled = all == 0 ? 0 : (int) (BAR * passed / all);
    String bar =
        (console.unicode() ? "█" : "#").repeat(filled)
            + (console.unicode() ? "░" : ".").repeat(BAR - filled);
    String figures =
        "  "
            + passed
            + "/"
            + all
            + "  "
            + standing.spent().toMinutes()
            + " of "
            + lesson.minutes()
            + " min";
    String name = lesson.name() + ": " + lesson.title();
    int room = console.width() - BAR - 2 - Columns.seen(figures);
    if (room < LEAST_TITLE) {
      // No room for a bar: how far it is says it all.
      return Lines.cut(passed + "/" + all + " " + name, console.width(), console);
    }
    String title = Lines.cut(name, room, console);
    return console.paint(Style.BOLD, title) + "  " + console.paint(Style.OK, bar) + figures;
  }

  /** A line a step. */
  List<String> steps(Lesson.Standing standing, String current) {
    List<String> lines = new ArrayList<>();
    for (Tick tick : standing.ticks()) {
      boolean here = tick.step().equals(current);
      String text = tick.step() + " " + tick.title() + (tick.optional() ? " (stretch)" : "");
      String cut = Lines.cut(text, Math.max(1, console.width() - 4), console);
      lines.add(
          (here ? "> " : "  ") + sign(tick) + " " + (here ? console.paint(Style.BOLD, cut) : cut));
    }
    return lines;
  }

  /** All steps in as few lines as possible. */
  List<String> ticks(Lesson.Standing standing, String current) {
    List<String> lines = new ArrayList<>();
    var line = new StringBuilder();
    for (Tick tick : standing.ticks()) {
      boolean here = tick.step().equals(current);
      String one = sign(tick) + " " + (here ? console.paint(Style.BOLD, tick.step()) : tick.step());
      one = here ? "[" + one + "]" : " " + one + " ";
      if (!line.isEmpty() && Columns.seen(line + " " + one) > console.width()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(one);
    }
    lines.add(line.toString());
    return lines;
  }

  private String sign(Tick tick) {
    return console.paint(tick.mark().style(), tick.mark().sign(console.unicode()));
  }

  /** The step at hand: what is the matter with it, and the hints shown so far. */
  List<String> diagnosis(Tick tick, List<String> hints) {
    List<String> lines = new ArrayList<>();
    String title = tick.step() + " " + tick.title();
    lines.addAll(Lines.wrapped("", title, console, Style.BOLD));
    Tick.Said said = tick.said();
    String word = tick.mark() == Mark.OPEN ? "not yet" : tick.mark().word();
    String verdict = sign(tick) + " " + console.paint(tick.mark().style(), word);
    if (!said.code().isEmpty() && !tick.settled()) {
      verdict += "  " + console.paint(tick.mark().style(), said.code());
    }
    lines.add(verdict);
    field(lines, "seen", said.seen(), Style.PLAIN);
    field(lines, "expected", said.expected(), Style.PLAIN);
    field(lines, "why", said.why(), Style.DIM);
    field(lines, "next", said.next(), Style.BOLD);
    for (String hint : hints) {
      field(lines, "hint", hint, Style.PLAIN);
    }
    return lines;
  }

  private void field(List<String> lines, String name, String text, Style style) {
    if (!text.isEmpty()) {
      String label = name + " ".repeat(Math.max(1, LABEL - name.length()));
      lines.addAll(Lines.wrapped(label, text, console, style));
    }
  }
}
