package dev.mlk.check;

import dev.mlk.console.Console;
import dev.mlk.console.Printer;
import dev.mlk.console.Style;
import dev.mlk.facts.Names;
import dev.mlk.problem.ExitCode;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The verdicts of a run, for eyes and programs.
 *
 * @param rows a row a verdict, in the order of the checks
 * @param strict whether a warning fails the run as well
 */
public record Report(List<Row> rows, boolean strict) {
  private static final int OUTCOME_WIDTH = 7;

  /**
   * A verdict with its check.
   *
   * @param millis how long the check took, milliseconds
   */
  public record Row(Check<?> check, Verdict verdict, long millis) {}

  /** How the command ends. */
  public ExitCode code() {
    return has(Outcome.FAIL) || (strict && has(Outcome.WARN)) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private boolean has(Outcome outcome) {
    return number(outcome) > 0;
  }

  /** How many verdicts came out so. */
  public long number(Outcome outcome) {
    return rows.stream().filter(row -> row.verdict.outcome() == outcome).count();
  }

  /** Lines for people: what was seen, and below whatever is not right what mends it. */
  public void print(Console console) {
    printRows(console);
    console.print("");
    console.print(summary());
  }

  /** The lines without the summary. */
  public void printRows(Console console) {
    int width = rows.stream().mapToInt(row -> row.check.id().length()).max().orElse(0) + 2;
    int indent = width + OUTCOME_WIDTH;
    for (Row row : rows) {
      Verdict verdict = row.verdict;
      String id = row.check.id();
      console.out().print(id + " ".repeat(width - id.length()));
      console
          .out()
          .print(console.paint(verdict.outcome().style(), verdict.outcome().name()) + "   ");
      wrapped(console, indent, verdict.seen(), Style.PLAIN);
      if (!verdict.expected().isEmpty()) {
        console.out().print(" ".repeat(indent));
        wrapped(console, indent, "expected: " + verdict.expected(), Style.DIM);
      }
      if (!verdict.next().isEmpty()) {
        // Commands stay in one piece: they are there to be copied.
        console.out().print(" ".repeat(indent) + console.paint(Style.DIM, "next: "));
        console.out().print(verdict.next() + "\n");
      }
    }
  }

  /** How many of each outcome, in words. */
  public String summary() {
    return number(Outcome.PASS)
        + " passed, "
        + Names.count(number(Outcome.WARN), "warning")
        + ", "
        + number(Outcome.FAIL)
        + " failed, "
        + number(Outcome.SKIP)
        + " skipped";
  }

  /** Words within the terminal's width; in a pipe a line is a line. */
  private static void wrapped(Console console, int indent, String text, Style style) {
    int room = console.forEyes() ? Math.max(20, console.width() - indent) : Integer.MAX_VALUE;
    int used = 0;
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (used > 0 && used + 1 + word.length() > room) {
        console.out().print(console.paint(style, line.toString()) + "\n" + " ".repeat(indent));
        line.setLength(0);
        used = 0;
      }
      if (used > 0) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += word.length();
    }
    console.out().print(console.paint(style, line.toString()) + "\n");
  }

  /** The document behind {@code -o json}. */
  public ObjectNode document(String kind) {
    ObjectNode document = Printer.outcome(Printer.start(kind), code());
    ObjectNode counts = document.putObject("counts");
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome.name(), number(outcome));
    }
    ArrayNode items = document.putArray("items");
    for (Row row : rows) {
      Verdict verdict = row.verdict;
      items
          .addObject()
          .put("check", row.check.id())
          .put("question", row.check.question())
          .put("outcome", verdict.outcome().name())
          .put("object", verdict.object())
          .put("seen", verdict.seen())
          .put("expected", verdict.expected())
          .put("next", verdict.next());
    }
    return document;
  }
}
