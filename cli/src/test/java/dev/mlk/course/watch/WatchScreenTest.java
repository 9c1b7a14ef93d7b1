package dev.mlk.course.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a watch shows; {@code -Dmlk.golden=update} writes the expected screens anew. */
final class WatchScreenTest {
  private static final Path FOLDER = Path.of("src/test/resources/course/watch");

  private final PlayedLesson lesson =
      new PlayedLesson("module-3", Path.of("x"), Mark.PASSED, Mark.FAILED, Mark.OPEN);

  private static Console terminal(int columns) {
    return TestConsole.terminal("").console().withWidth(columns);
  }

  private static void looksLike(String name, List<String> lines) throws IOException {
    Path golden = FOLDER.resolve(name);
    String shown = String.join("\n", lines).replace("\u001B", "␛") + "\n";
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(golden));
  }

  private static List<String> screen(WatchState state, Console console, int rows) {
    List<String> lines = new WatchScreen(console, rows, false).draw(state).lines();
    assertThat(lines).hasSize(rows);
    assertThat(lines)
        .allSatisfy(line -> assertThat(Columns.seen(line)).isLessThanOrEqualTo(console.width()));
    return lines;
  }

  @Test
  void oneAboveTheOtherOnEightyColumns() throws IOException {
    WatchState state = new WatchState(lesson);
    looksLike("narrow.txt", screen(state, terminal(80).withColour(false), 24));
    looksLike("narrow-colour.txt", screen(state, terminal(80), 24));
  }

  @Test
  void sideBySideWhereThereIsRoom() throws IOException {
    WatchState state = new WatchState(lesson);
    state.hint("3.2", lesson.hint("3.2"));
    looksLike("wide.txt", screen(state, terminal(140).withColour(false), 40));
    looksLike("wide-colour.txt", screen(state, terminal(140), 40));
  }

  @Test
  void whatAKeyOpensStandsWhereThePageStood() throws IOException {
    WatchState state = new WatchState(lesson);
    state.list();
    looksLike("list.txt", screen(state, terminal(80).withColour(false), 24));
    state.solution(lesson.solution("3.2"));
    looksLike("solution.txt", screen(state, terminal(80).withColour(false), 24));
  }

  @Test
  void whatIsCompleteSaysSo() throws IOException {
    lesson.stands(Mark.PASSED, Mark.REGRESSED, Mark.SKIPPED);
    WatchState state = new WatchState(lesson);
    assertThat(String.join("\n", screen(state, terminal(80).withColour(false), 24)))
        .contains("3.2", "regressed");
    lesson.stands(Mark.PASSED, Mark.PASSED, Mark.SKIPPED);
    state.found(lesson.known());
    looksLike("complete.txt", screen(state, terminal(80).withColour(false), 24));
  }

  @Test
  void everySizeIsFilledAndNoneIsLeft() {
    WatchState state = new WatchState(lesson);
    for (int columns = 40; columns <= 200; columns += 9) {
      for (int rows = 6; rows <= 60; rows += 7) {
        screen(state, terminal(columns), rows);
        screen(state, terminal(columns).withColour(false), rows);
      }
    }
  }
}
