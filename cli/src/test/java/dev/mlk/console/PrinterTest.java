package dev.mlk.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PrinterTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static Invocation invocation(TestConsole console, String output) {
    return new Invocation(
        console.console(),
        new GlobalOptions(
            "",
            "",
            "",
            "",
            Output.parse(output),
            Optional.empty(),
            new GlobalOptions.Switches(false, false, false)),
        Map.of(),
        Path.of(""),
        InstantSource.fixed(NOW));
  }

  private static Table jobs() {
    return new Table("NAME", "STATE", "+NODE", "AGE", "MESSAGE")
        .row(
            Cell.of("mnist"),
            Cell.of("Running", Style.OK),
            Cell.of("gpu-1"),
            Cell.of(NOW.minusSeconds(200)),
            Cell.of("all replicas run and this goes on for much longer than the terminal is wide"))
        .row(
            Cell.of("inception"),
            Cell.of("Failed", Style.BAD),
            Cell.of(""),
            Cell.of(NOW.minusSeconds(90_000)),
            Cell.of(""));
  }

  @Test
  void aPipeGetsPlainAlignedTextWithTimes() {
    TestConsole console = TestConsole.pipe();
    new Printer(invocation(console, "text")).listing(jobs(), Json::object);
    assertThat(console.out())
        .isEqualTo(
            """
            NAME        STATE     AGE                    MESSAGE
            mnist       Running   2026-01-02T03:00:45Z   all replicas run and this goes on for much longer than the terminal is wide
            inception   Failed    2026-01-01T02:04:05Z   -
            """);
  }

  @Test
  void aTerminalGetsAgesColoursAndItsOwnWidth() {
    TestConsole console = TestConsole.terminal("");
    new Printer(invocation(console, "wide")).listing(jobs(), Json::object);
    assertThat(console.out())
        .contains("\u001B[32mRunning\u001B[0m   gpu-1", "3m20s", "25h")
        .contains("all replicas run and this goes on for muc…\n");
  }

  @Test
  void jsonYamlAndLinesCarryTheSameDocument() {
    for (String form : new String[] {"json", "yaml", "jsonl"}) {
      TestConsole console = TestConsole.pipe();
      new Printer(invocation(console, form))
          .listing(jobs(), () -> Printer.start("JobList").put("count", 2));
      assertThat(console.out())
          .isEqualTo(
              switch (form) {
                case "json" ->
                    """
                    {
                      "schemaVersion" : "mlk.dev/v1",
                      "kind" : "JobList",
                      "count" : 2
                    }
                    """;
                case "yaml" -> "schemaVersion: mlk.dev/v1\nkind: JobList\ncount: 2\n";
                default -> "{\"schemaVersion\":\"mlk.dev/v1\",\"kind\":\"JobList\",\"count\":2}\n";
              });
    }
  }

  @Test
  void agesReadAsKubectlWritesThem() {
    for (Object[] pair :
        new Object[][] {
          {0, "0s"},
          {119, "119s"},
          {120, "2m"},
          {599, "9m59s"},
          {600, "10m"},
          {10_799, "179m"},
          {10_800, "3h"},
          {11_100, "3h5m"},
          {28_800, "8h"},
          {172_799, "47h"},
          {172_800, "2d"},
          {180_000, "2d2h"},
          {691_200, "8d"},
          {63_072_000, "2y"},
          {63_158_400, "2y1d"}
        }) {
      assertThat(Age.of(java.time.Duration.ofSeconds((int) pair[0]))).isEqualTo(pair[1]);
    }
  }
}
