package dev.mlk.course.board;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the board shows; {@code -Dmlk.golden=update} writes the expected screens anew. */
final class BoardTest {
  private static final Path FOLDER = Path.of("src/test/resources/course/board");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private static Note note(String learner, String step, String code, int minutes, int ago) {
    String module = "module-" + step.substring(0, 1);
    return new Note(
        learner,
        "team-" + learner,
        new Note.Place(module, step, code, NOW.minus(Duration.ofMinutes(minutes)), 2),
        14,
        52,
        71,
        NOW.minus(Duration.ofSeconds(ago)));
  }

  private static List<Note> some() {
    return List.of(
        note("ada", "3.3", "GPU-NO-LIMIT", 25, 20),
        note("ben", "5.2", "TF-CONTAINER-NAME", 11, 70),
        note("cleo", "3.3", "GPU-NO-LIMIT", 12, 5),
        note("dora with a long name of her own", "2.2", "", 3, 5),
        note("emil", "5.2", "TF-CONTAINER-NAME", 200, 4000));
  }

  private static String text(Console console, String form, List<Note> notes) {
    GlobalOptions options =
        new GlobalOptions(
            "",
            "",
            "",
            "",
            Output.parse(form),
            Optional.empty(),
            new GlobalOptions.Switches(false, false, false));
    Invocation invocation =
        new Invocation(console, options, Map.of(), Path.of(""), InstantSource.fixed(NOW));
    return new BoardView(invocation, Duration.ofMinutes(10), NOW).text(notes);
  }

  private static void looksLike(String name, String text) throws IOException {
    Path golden = FOLDER.resolve(name);
    String shown = text.replace("\u001B", "␛");
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(golden));
  }

  @Test
  void onATerminalOfEightyColumns() throws IOException {
    String text = text(TestConsole.terminal("").console().withColour(false), "text", some());
    looksLike("terminal.txt", text);
    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    looksLike("colour.txt", text(TestConsole.terminal("").console(), "text", some()));
  }

  @Test
  void inAPipe() throws IOException {
    looksLike("pipe.txt", text(TestConsole.pipe().console(), "wide", some()));
  }

  @Test
  void whoIsStuckIsCountedByStepAndCodeTheMostFirst() {
    List<Note> notes = new ArrayList<>(some());
    for (int i = 0; i < 9; i++) {
      notes.add(note("learner-" + i, "5.2", "TF-CONTAINER-NAME", 15, 10));
    }
    assertThat(text(TestConsole.pipe().console(), "text", notes))
        .startsWith(
            "14 learners, 1 not heard of lately: 1 in module-2, 2 in module-3, 11 in module-5\n"
                + "  10 stuck over 10m on 5.2 with TF-CONTAINER-NAME: "
                + "ben, learner-0, learner-1 and 7 more\n"
                + "  2 stuck over 10m on 3.3 with GPU-NO-LIMIT: ada, cleo\n");
  }

  @Test
  void aNoteIsReadAsItWasWritten() {
    Note note = some().getFirst();
    assertThat(Note.read(note.namespace(), note.text())).isEqualTo(note);
  }

  @Test
  void whateverALearnerWritesDoesNoHarm() {
    Note evil =
        Note.read(
            "ns",
            "{\"learner\":\"\\u001b[2J\\u202eada\\n\",\"module\":\""
                + "m".repeat(500)
                + "\","
                + "\"step\":7,\"hints\":-4,\"passed\":1e99,\"since\":\"yesterday\"}");
    assertThat(evil.learner()).isEqualTo("2Jada");
    assertThat(evil.place().module()).hasSize(40);
    assertThat(evil.place().since()).isEqualTo(Instant.EPOCH);
    assertThat(evil.place().hints()).isZero();
    assertThat(Note.read("ns", "no JSON").learner()).isEqualTo("ns");
    assertThat(Note.read("ns", "[1]").learner()).isEqualTo("ns");
    assertThat(text(TestConsole.pipe().console(), "text", List.of(evil))).contains("2Jada");
  }

  @Test
  void namesOfNotesAreLegalAndDiffer() {
    assertThat(Notes.name("ada")).isEqualTo("mlk-board-ada");
    assertThat(Notes.name("Ada Lovelace")).matches("mlk-board-ada-lovelace-[0-9a-f]+");
    assertThat(Notes.name("ADA LOVELACE")).isNotEqualTo(Notes.name("Ada Lovelace"));
    assertThat(Notes.name("李").length()).isLessThan(63);
    assertThat(Notes.name("李")).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  }
}
