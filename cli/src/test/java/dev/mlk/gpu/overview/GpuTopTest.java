package dev.mlk.gpu.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Console;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code mlk gpu top} on a cluster with every kind of GPU; {@code -Dmlk.golden=update}. */
final class GpuTopTest {
  private static final Path SCREENS = Path.of("src/test/resources/gpu/screens");

  /** Long enough that a test's own seconds do not show in an age. */
  private static final Duration LATER = Duration.ofSeconds(3 * 3600 + 30);

  @TempDir private static Path folder;
  private static Fleet fleet;

  @BeforeAll
  static void start() throws IOException {
    fleet = Fleet.start(folder);
    fleet.load("fleet.yaml");
    fleet.load("waiting.yaml");
    fleet.load("rights.yaml");
    fleet.scheduled();
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  private static String screen(Console console, String user, String namespace, String form)
      throws InterruptedException {
    Snapshot seen = fleet.look(user, namespace.isEmpty() ? "default" : namespace, LATER);
    Invocation invocation =
        new Invocation(
            console,
            new GlobalOptions(
                "",
                "",
                "",
                "",
                Output.parse(form),
                Optional.empty(),
                new GlobalOptions.Switches(false, false, false)),
            Map.of(),
            Path.of(""),
            InstantSource.fixed(seen.at()));
    return new TopView(invocation, namespace).text(seen);
  }

  private static void looksLike(String name, String screen) throws IOException {
    // What differs from run to run: when objects were made.
    String text =
        screen.replaceAll("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "<time>");
    Path golden = SCREENS.resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  @Test
  void onATerminalOfEightyColumns() throws Exception {
    String screen = screen(TestConsole.terminal("").console(), "", "", "text");
    looksLike("top-terminal.txt", screen);
    assertThat(screen).contains("\u001B[");
  }

  @Test
  void withoutColourEveryLineFitsTheTerminal() throws Exception {
    String screen =
        screen(TestConsole.terminal("").console().withColour(false), "", "team-a", "text");
    looksLike("top-namespace.txt", screen);
    assertThat(screen.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void inAPipeNothingIsCut() throws Exception {
    looksLike("top-pipe.txt", screen(TestConsole.pipe().console(), "", "", "wide"));
  }

  @Test
  void whoMaySeeOneNamespaceOnlyIsToldWhatIsMissing() throws Exception {
    String screen =
        screen(TestConsole.terminal("").console().withColour(false), "bob", "team-a", "text");
    looksLike("top-rights.txt", screen);
    assertThat(screen).contains("you may not list nodes");
  }

  @Test
  void theDocumentLeavesOutWhatIsNotKnown() throws Exception {
    JsonNode all = TopDocument.of(fleet.look("", "default", LATER), "", 7);
    assertThat(all.path("nodes")).hasSize(8);
    assertThat(all.path("pods")).hasSize(8);
    assertThat(all.path("waiting").valueStream().map(one -> one.path("cause").asString("")))
        .containsExactlyInAnyOrder(
            "TAKEN",
            "NO_ROOM_BESIDE",
            "CLOSED",
            "TAINTS",
            "LABELS",
            "NEVER",
            "VOLUME",
            "HELD",
            "UNSEEN");
    assertThat(all.path("pods").valueStream()).noneMatch(pod -> pod.has("utilisationPercent"));
    JsonNode mine = TopDocument.of(fleet.look("bob", "team-a", LATER), "team-a", 7);
    assertThat(mine.path("nodes")).isEmpty();
    assertThat(mine.path("pods")).hasSize(3);
    assertThat(mine.path("unknown")).isNotEmpty();
  }
}
