package dev.mlk.sweep.report;

import dev.mlk.sweep.store.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The report as rows for other programs: CSV (RFC 4180) and Markdown. */
public final class FlatReport {
  private final Report report;

  /** The rows of a report. */
  public FlatReport(Report report) {
    this.report = report;
  }

  private List<String> head() {
    List<String> head = new ArrayList<>();
    head.add("trial");
    head.addAll(report.parameters());
    head.add(report.sweep().spec().objective().metric());
    head.addAll(List.of("state", "attempts", "seconds", "job", "cause"));
    return head;
  }

  private List<String> row(Trial trial) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(trial.number()));
    row.addAll(trial.point().values().values());
    OptionalDouble value = trial.result().value();
    row.add(value.isPresent() ? Double.toString(value.getAsDouble()) : "");
    row.add(trial.state().text());
    row.add(Integer.toString(trial.attempt() + 1));
    row.add(Double.toString(trial.result().seconds()));
    row.add(trial.job(report.sweep().name()));
    row.add(trial.result().cause().isEmpty() ? "" : trial.result().cause().getFirst());
    return row;
  }

  /** Comma-separated values with a line of names first. */
  public String csv() {
    StringBuilder text = new StringBuilder(line(head(), ","));
    report.ranked().forEach(trial -> text.append(line(row(trial), ",")));
    return text.toString();
  }

  private static String line(List<String> cells, String separator) {
    return cells.stream().map(FlatReport::quoted).collect(Collectors.joining(separator)) + "\n";
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    // A spreadsheet would take such a cell for a formula.
    boolean formula = !cell.isEmpty() && "=@".indexOf(cell.charAt(0)) >= 0;
    String safe = formula ? "'" + cell : cell;
    return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }

  /** A Markdown table. */
  public String markdown() {
    List<String> head = head();
    StringBuilder text = new StringBuilder(bars(head));
    text.append("| --- ".repeat(head.size())).append("|\n");
    report.ranked().forEach(trial -> text.append(bars(row(trial))));
    return text.toString();
  }

  private static String bars(List<String> cells) {
    return cells.stream()
            .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
            .collect(Collectors.joining(" | ", "| ", " |"))
        + "\n";
  }
}
