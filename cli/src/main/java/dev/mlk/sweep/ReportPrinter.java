package dev.mlk.sweep;

import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.Printer;
import dev.mlk.sweep.report.Documents;
import dev.mlk.sweep.report.FlatReport;
import dev.mlk.sweep.report.HtmlReport;
import dev.mlk.sweep.report.Report;
import dev.mlk.sweep.report.TextReport;

/** Prints a report in the form that {@code -o} asks for. */
final class ReportPrinter {
  private final Invocation invocation;

  ReportPrinter(Invocation invocation) {
    this.invocation = invocation;
  }

  /** Refuses a form that reports do not have. */
  static void require(Output output) {
    output.require(
        Output.Format.WIDE,
        Output.Format.JSON,
        Output.Format.YAML,
        Output.Format.CSV,
        Output.Format.MARKDOWN,
        Output.Format.HTML);
  }

  void print(Report report) {
    Printer printer = new Printer(invocation);
    switch (invocation.options().output().format()) {
      case CSV -> invocation.console().out().print(new FlatReport(report).csv());
      case MARKDOWN -> invocation.console().out().print(new FlatReport(report).markdown());
      case HTML -> invocation.console().out().print(new HtmlReport(report).page());
      case JSON, YAML -> printer.document(Documents.report(report));
      case TEXT, WIDE, NAME, JSONL, JUNIT -> {
        TextReport text = new TextReport(report, invocation.console());
        printer.table(text.table());
        invocation.console().print("");
        text.lines().forEach(invocation.console()::print);
      }
    }
    invocation.console().flush();
  }
}
