package dev.mlk.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Whole screens as golden files: on a terminal of 80 columns, without colour, in a pipe. {@code
 * -Dmlk.golden=update} writes them anew.
 */
final class Screens {
  private static final Path FOLDER = Path.of("src/test/resources/check/screens");

  private Screens() {}

  /** Holds a report to its three screens, with words of this machine replaced. */
  static void hold(String name, List<Report.Row> rows, UnaryOperator<String> everywhere)
      throws IOException {
    Report report = new Report(rows.stream().map(row -> replaced(row, everywhere)).toList(), false);
    TestConsole terminal = TestConsole.terminal("");
    report.print(terminal.console());
    golden(name + "-terminal.txt", terminal.out());
    TestConsole plain = TestConsole.terminal("");
    report.print(plain.console().withColour(false));
    golden(name + "-plain.txt", plain.out());
    assertThat(plain.out()).doesNotContain("\u001B");
    // Commands stay in one piece: they are there to be copied.
    assertThat(plain.out().lines().filter(line -> !line.contains("next: ")))
        .allMatch(line -> line.length() <= 80);
    TestConsole pipe = TestConsole.pipe();
    report.print(pipe.console());
    golden(name + "-pipe.txt", pipe.out());
  }

  private static Report.Row replaced(Report.Row row, UnaryOperator<String> everywhere) {
    Verdict verdict = row.verdict();
    return new Report.Row(
        row.check(),
        new Verdict(
            verdict.outcome(),
            verdict.object(),
            everywhere.apply(verdict.seen()),
            everywhere.apply(verdict.expected()),
            everywhere.apply(verdict.next())),
        0);
  }

  private static void golden(String name, String text) throws IOException {
    Path golden = FOLDER.resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }
}
