package dev.mlk.course.board;

import dev.mlk.console.Age;
import dev.mlk.console.Cell;
import dev.mlk.console.Console;
import dev.mlk.console.Invocation;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.console.Table;
import dev.mlk.course.page.Lines;
import dev.mlk.facts.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code mlk board} shows people: who is stuck on what, then everybody, the stuck first. */
final class BoardView {
  /** Whoever has not been heard of for so long has closed the laptop. */
  private static final Duration AWAY = Duration.ofMinutes(30);

  /** Learners at one step with one code, for longer than is usual. */
  record Stuck(String module, String step, String code, List<Note> notes) {}

  private final Invocation invocation;
  private final Duration patience;
  private final Instant now;

  /**
   * A view.
   *
   * @param patience from when on somebody counts as stuck
   */
  BoardView(Invocation invocation, Duration patience, Instant now) {
    this.invocation = invocation;
    this.patience = patience;
    this.now = now;
  }

  private boolean away(Note note) {
    return Duration.between(note.updated(), now).compareTo(AWAY) > 0;
  }

  boolean stuck(Note note) {
    return !note.place().step().isEmpty() && !away(note) && note.at(now).compareTo(patience) >= 0;
  }

  /** Groups of stuck learners, the largest first. */
  List<Stuck> groups(List<Note> notes) {
    Map<String, List<Note>> groups = new TreeMap<>();
    for (Note note : notes) {
      if (stuck(note)) {
        String key = note.place().step() + " " + note.place().code();
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(note);
      }
    }
    List<Stuck> all = new ArrayList<>();
    for (List<Note> group : groups.values()) {
      Note.Place place = group.getFirst().place();
      all.add(new Stuck(place.module(), place.step(), place.code(), group));
    }
    all.sort(Comparator.comparingInt((Stuck group) -> group.notes.size()).reversed());
    return all;
  }

  /** All of it, line by line. */
  String text(List<Note> notes) {
    Console console = invocation.console();
    List<String> lines = new ArrayList<>();
    long away = notes.stream().filter(this::away).count();
    String first =
        Names.count(notes.size(), "learner")
            + (away == 0 ? "" : ", " + away + " not heard of lately");
    lines.addAll(Lines.wrapped("", first + ": " + places(notes), sized(console), Style.BOLD));
    List<Stuck> groups = groups(notes);
    for (Stuck group : groups) {
      lines.addAll(Lines.wrapped("  ", sentence(group), sized(console), Style.WARN));
    }
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.append('\n').append(new Printer(invocation).text(table(notes))).toString();
  }

  /** In a pipe a sentence is a line. */
  private static Console sized(Console console) {
    return console.forEyes() ? console : console.withWidth(Integer.MAX_VALUE / 2);
  }

  private String sentence(Stuck group) {
    List<String> names = group.notes.stream().map(Note::learner).toList();
    return group.notes.size()
        + " stuck over "
        + Age.of(patience)
        + " on "
        + group.step
        + (group.code.isEmpty() ? "" : " with " + group.code)
        + ": "
        + Names.some(names);
  }

  /** {@code 12 in module-2, 3 in module-3}. */
  private static String places(List<Note> notes) {
    Map<String, Integer> modules = new TreeMap<>();
    notes.forEach(note -> modules.merge(note.place().module(), 1, Integer::sum));
    List<String> words = new ArrayList<>();
    modules.forEach(
        (module, count) -> words.add(count + " in " + (module.isEmpty() ? "no module" : module)));
    return String.join(", ", words);
  }

  private Table table(List<Note> notes) {
    List<Note> sorted = new ArrayList<>(notes);
    sorted.sort(
        Comparator.comparing((Note note) -> !stuck(note))
            .thenComparing(this::away)
            .thenComparing(note -> note.at(now), Comparator.reverseOrder()));
    Table table =
        new Table(
            "~LEARNER", "+NAMESPACE", "MODULE", "STEP", "CODE", "FOR", "PASSED", "HINTS", "SEEN");
    for (Note note : sorted) {
      Note.Place place = note.place();
      Style style = stuck(note) ? Style.WARN : away(note) ? Style.DIM : Style.PLAIN;
      String step = place.step().isEmpty() && !place.module().isEmpty() ? "done" : place.step();
      table.row(
          Cell.of(note.learner(), style),
          Cell.of(note.namespace()),
          Cell.of(place.module()),
          Cell.of(step),
          Cell.of(place.code(), stuck(note) ? Style.WARN : Style.PLAIN),
          time(place.since(), style),
          Cell.of(note.passed() + "/" + note.steps()),
          Cell.of(place.hints()),
          time(note.updated(), Style.PLAIN));
    }
    return table;
  }

  private static Cell time(Instant time, Style style) {
    return time.equals(Instant.EPOCH) ? Cell.of("") : new Cell("", time, style);
  }
}
