package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.TestConsole;
import dev.mlk.problem.ExitCode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppTest {
  @TempDir private Path home;

  private int run(TestConsole console, String... arguments) {
    return new App(
            console.console(),
            Map.of("HOME", home.toString()),
            home,
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")))
        .run(arguments);
  }

  @Test
  void noArgumentsShowTheOverview() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console)).isZero();
    assertThat(console.out()).contains("Usage: mlk COMMAND", "version", "exit-codes");
  }

  @Test
  void aMistypedCommandExitsTwoAndNamesTheNearest() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "versoin")).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err())
        .isEqualTo(
            """
            Error: no command "mlk versoin"
              did you mean "mlk version"?
            Next: mlk help
            """);
  }

  @Test
  void anUnknownOptionExitsTwoAndPointsAtTheHelp() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "completion", "bash", "--hepl")).isEqualTo(2);
    assertThat(console.err())
        .contains("mlk completion has no option --hepl")
        .contains("Next: mlk completion --help");
  }

  @Test
  void aMissingArgumentExitsTwo() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "completion")).isEqualTo(2);
    assertThat(console.err()).contains("SHELL").contains("Next: mlk completion --help");
  }

  @Test
  void globalOptionsAreTakenBeforeAndAfterTheVerb() {
    TestConsole before = TestConsole.pipe();
    TestConsole after = TestConsole.pipe();
    assertThat(run(before, "-o", "json", "-n=x", "version", "--client")).isZero();
    assertThat(run(after, "version", "--client", "--namespace", "x", "-ojson")).isZero();
    assertThat(before.out())
        .isEqualTo(after.out())
        .contains("\"schemaVersion\" : \"mlk.dev/v1\"", "\"client\" : \"" + Version.TEXT + "\"");
  }

  @Test
  void aFormThatTheCommandDoesNotHaveIsRefused() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "version", "-o", "wide")).isEqualTo(2);
    assertThat(console.err()).contains("-o takes one of: text, json, yaml");
  }

  @Test
  void problemsAreJsonWhereJsonIsAskedFor() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "nothing", "-o", "json")).isEqualTo(2);
    assertThat(console.err()).contains("\"exitCode\" : 2", "\"reason\" : \"Usage\"");
  }

  @Test
  void wrongGlobalOptionsExitTwo() {
    for (String[] wrong :
        new String[][] {
          {"version", "-n"},
          {"version", "--color", "blue"},
          {"version", "--timeout", "soon"},
          {"version", "-o", "xml"}
        }) {
      TestConsole console = TestConsole.pipe();
      assertThat(run(console, wrong)).isEqualTo(2);
      assertThat(console.err()).startsWith("Error: ");
    }
  }

  @Test
  void theExitCodesAreAHelpTopic() {
    TestConsole console = TestConsole.pipe();
    assertThat(run(console, "help", "exit-codes")).isZero();
    for (ExitCode code : ExitCode.values()) {
      assertThat(console.out()).contains(code.number() + "   " + code.reason(), code.meaning());
    }
  }

  @Test
  void coloursShowOnTerminalsAndNotWhenUnwanted() {
    TestConsole colour = TestConsole.terminal("");
    TestConsole plain = TestConsole.terminal("");
    run(colour, "nothing");
    run(plain, "nothing", "--color=never");
    assertThat(colour.err()).contains("\u001B[31mError:");
    assertThat(plain.err()).doesNotContain("\u001B");
  }
}
