package dev.mlk.course.watch;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.Style;
import dev.mlk.course.page.Lines;
import dev.mlk.course.page.PageText;
import java.util.ArrayList;
import java.util.List;

/**
 * The screen of a watch as lines: page and ticks side by side where there is room, else one above
 * the other.
 */
final class WatchScreen {
  /** From here on two columns are wider than 50 each. */
  private static final int SIDE_BY_SIDE = 110;

  private static final int WIDEST_PAGE = 100;
  private static final int NARROWEST_SUMMARY = 46;
  private static final int LEAST_PAGE = 6;
  private static final int LEAST_NOTE = 12;

  private final Console console;
  private final int rows;
  private final boolean links;

  /**
   * A screen of the console's width.
   *
   * @param rows its lines
   * @param links whether the terminal knows links
   */
  WatchScreen(Console console, int rows, boolean links) {
    this.console = console;
    this.rows = Math.max(4, rows);
    this.links = links;
  }

  /**
   * What is drawn.
   *
   * @param lines as many as the screen has
   * @param top the first line of the page that is shown
   * @param page how many lines of the page are shown
   */
  record Drawn(List<String> lines, int top, int page) {}

  Drawn draw(WatchState state) {
    List<String> lines = new ArrayList<>();
    lines.add(new Summary(console).header(state.lesson(), state.standing()));
    Drawn body =
        console.width() >= SIDE_BY_SIDE
            ? beside(state, rows - lines.size() - 1)
            : above(state, rows - lines.size() - 1);
    lines.addAll(body.lines());
    lines.add(keys(state));
    return new Drawn(lines, body.top(), body.page());
  }

  private String keys(WatchState state) {
    String keys =
        switch (state.place()) {
          case PAGE -> "n next  h hint  s solution  l list  up/down page  q quit";
          case LIST -> "up/down choose  Enter opens  Esc back  q quit";
          case SOLUTION -> "y do it  up/down  Esc back  q quit";
        };
    String note = state.busy() ? "checking" : state.message();
    String left = Lines.cut(keys, console.width(), console);
    int room = console.width() - Columns.seen(left) - 2;
    String right = Lines.cut(note, Math.max(0, room), console);
    if (right.isEmpty() || room < LEAST_NOTE) {
      String only = state.message().isEmpty() ? left : Lines.cut(note, console.width(), console);
      return console.paint(state.message().isEmpty() ? Style.DIM : Style.WARN, only);
    }
    return console.paint(Style.DIM, left)
        + " ".repeat(room - Columns.seen(right) + 2)
        + console.paint(state.busy() ? Style.DIM : Style.WARN, right);
  }

  private Drawn beside(WatchState state, int height) {
    int right = Math.max(NARROWEST_SUMMARY, console.width() * 2 / 5);
    int left = Math.min(WIDEST_PAGE, console.width() - right - 3);
    right = console.width() - left - 3;
    Console narrow = console.withWidth(right);
    List<String> summary =
        new ArrayList<>(new Summary(narrow).steps(state.standing(), state.step()));
    summary.add("");
    summary.addAll(diagnosis(state, narrow));
    PageText page = page(state, left);
    int top = top(state, page, height);
    String bar = console.paint(Style.DIM, console.unicode() ? " │ " : " | ");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      String one = top + i < page.lines().size() ? page.lines().get(top + i) : "";
      String other = i < summary.size() ? summary.get(i) : "";
      lines.add(Lines.padded(one, left) + bar + other);
    }
    marked(lines, summary.size(), height);
    return new Drawn(lines, top, height);
  }

  /** Says that something does not fit. */
  private void marked(List<String> lines, int wanted, int height) {
    if (wanted > height && height > 0) {
      String more = console.paint(Style.DIM, "and " + (wanted - height + 1) + " more lines");
      int bar = lines.getLast().lastIndexOf(console.unicode() ? "│ " : "| ");
      lines.set(height - 1, lines.getLast().substring(0, bar + 2) + reset() + more);
    }
  }

  private String reset() {
    return console.colour() ? "\u001B[0m" : "";
  }

  private Drawn above(WatchState state, int height) {
    Summary summary = new Summary(console);
    List<String> below = new ArrayList<>();
    below.add(console.paint(Style.DIM, (console.unicode() ? "─" : "-").repeat(console.width())));
    below.addAll(summary.ticks(state.standing(), state.step()));
    below.addAll(diagnosis(state, console));
    int most = Math.max(3, height - LEAST_PAGE);
    if (below.size() > most) {
      int missing = below.size() - most + 1;
      below = new ArrayList<>(below.subList(0, most - 1));
      below.add(console.paint(Style.DIM, "and " + missing + " more lines"));
    }
    int room = Math.max(0, height - below.size());
    PageText page = page(state, console.width());
    int top = top(state, page, room);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < room; i++) {
      lines.add(top + i < page.lines().size() ? page.lines().get(top + i) : "");
    }
    lines.addAll(below);
    return new Drawn(lines, top, room);
  }

  private static List<String> diagnosis(WatchState state, Console console) {
    List<String> lines = new ArrayList<>();
    Summary summary = new Summary(console);
    if (state.standing().complete() && state.tick().map(Tick::settled).orElse(true)) {
      String end = state.lesson().name() + " is complete: n goes on with the next module";
      lines.addAll(Lines.wrapped("", end, console, Style.OK));
      lines.add("");
    }
    state.tick().ifPresent(tick -> lines.addAll(summary.diagnosis(tick, state.hints())));
    return lines;
  }

  private PageText page(WatchState state, int width) {
    Console narrow = console.withWidth(width);
    String text =
        switch (state.place()) {
          case PAGE -> state.lesson().page();
          case SOLUTION -> "## Solution of " + state.step() + "\n\n" + fenced(state.solution());
          case LIST -> list(state);
        };
    return PageText.boxed(text, narrow, links);
  }

  private static String fenced(String text) {
    return "~~~~~~\n" + text.stripTrailing() + "\n~~~~~~\n";
  }

  private static String list(WatchState state) {
    var text = new StringBuilder();
    List<Lesson.Entry> entries = state.lesson().modules();
    for (int i = 0; i < entries.size(); i++) {
      Lesson.Entry entry = entries.get(i);
      text.append(i == state.chosen() ? "> " : "  ")
          .append(entry.name())
          .append("  ")
          .append(entry.title())
          .append(", ")
          .append(entry.minutes())
          .append(" min, ")
          .append(entry.progress())
          .append('\n');
    }
    return "## Modules\n\n" + fenced(text.toString());
  }

  private static int top(WatchState state, PageText page, int room) {
    int wanted = state.scroll() >= 0 ? state.scroll() : page.line(state.step());
    return Math.clamp(wanted, 0, Math.max(0, page.lines().size() - room));
  }
}
