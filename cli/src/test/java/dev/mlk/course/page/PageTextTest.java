package dev.mlk.course.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.Columns;
import dev.mlk.console.Console;
import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page as its reader sees it; {@code -Dmlk.golden=update} writes the expected screens anew. */
final class PageTextTest {
  private static final Path FOLDER = Path.of("src/test/resources/course/page");
  private static final String ESCAPE = "\u001B";

  private static Console terminal(int columns) {
    return TestConsole.terminal("").console().withWidth(columns);
  }

  private static Console plain(int columns) {
    return terminal(columns).withColour(false);
  }

  private static String sample() throws IOException {
    return Files.readString(FOLDER.resolve("sample.md"));
  }

  private static void looksLike(String name, String text) throws IOException {
    Path golden = FOLDER.resolve(name);
    // Escape characters as a picture: the files are for reading.
    String shown = text.replace(ESCAPE, "␛");
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(golden, shown);
    }
    assertThat(shown).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 140})
  void onATerminalWithColours(int columns) throws IOException {
    String text = PageText.printed(sample(), terminal(columns), true).text();
    looksLike("sample-" + columns + "-colour.txt", text);
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 140})
  void onATerminalWithoutColours(int columns) throws IOException {
    String text = PageText.printed(sample(), plain(columns), false).text();
    looksLike("sample-" + columns + "-plain.txt", text);
    assertThat(text).doesNotContain(ESCAPE);
  }

  @Test
  void inAPipe() throws IOException {
    String text = PageText.printed(sample(), TestConsole.pipe().console(), false).text();
    looksLike("sample-pipe.txt", text);
    assertThat(text).doesNotContain(ESCAPE).doesNotContain("│", "•");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 33, 60, 80, 140})
  void inABoxNothingIsWiderThanTheBox(int columns) throws IOException {
    assertThat(PageText.boxed(sample(), terminal(columns), true).lines())
        .allSatisfy(line -> assertThat(Columns.seen(line)).isLessThanOrEqualTo(columns));
    assertThat(PageText.boxed(sample(), plain(columns), false).lines())
        .allSatisfy(line -> assertThat(Columns.seen(line)).isLessThanOrEqualTo(columns));
  }

  @Test
  void codeIsThereAsItWasTypedWithNothingBeforeIt() throws IOException {
    String page = sample();
    int start = page.indexOf("apiVersion");
    String code = page.substring(start, page.indexOf("```", start));
    assertThat(PageText.printed(page, plain(40), false).text()).contains("\n" + code);
    assertThat(PageText.printed("> ```\n> a: b\n> ```\n", plain(40), false).text())
        .contains("\na: b\n");
  }

  @Test
  void aSectionIsFoundByItsNumber() {
    PageText page =
        PageText.printed("# A\n\ntext\n\n## 3.1 One\n\n## 3.10 Ten\n", plain(80), false);
    assertThat(page.lines().get(page.line("3.1"))).startsWith("3.1 One");
    assertThat(page.lines().get(page.line("3.10"))).startsWith("3.10 Ten");
    assertThat(page.line("3.2")).isZero();
  }

  @Test
  void nothingInAPageIsObeyedByATerminal() {
    String evil =
        "# a\u001B]0;owned\u0007b\n\n`\u001B[2J` \u009B31m text \u202Ereversed\n\n"
            + "```\n\u001B[31m\u0008\n```\n\n[x](https://a.example/\u001B]8;;y) "
            + "[y](javascript:alert(1)) [z](file:///etc/passwd)\n";
    String text = PageText.printed(evil, plain(80), false).text();
    assertThat(text.chars().filter(c -> Character.isISOControl(c) && c != '\n')).isEmpty();
    assertThat(text).doesNotContain("\u202E", "javascript:", "file:");
    String linked = PageText.printed(evil, terminal(80), true).text();
    assertThat(linked.split("\u001B]8;;", -1)).hasSizeLessThanOrEqualTo(3);
    assertThat(linked).doesNotContain("javascript:", "file:", "\u0007", "\u009B");
  }

  @Test
  void deepNestingDoesNotExhaustTheStack() {
    String deep = ">".repeat(20_000) + " x\n\n" + "- ".repeat(5_000) + "y\n";
    assertThat(PageText.printed(deep, plain(80), false).lines()).isNotEmpty();
    assertThat(PageHtml.of(deep, "/pictures/")).isNotEmpty();
  }

  @Test
  void wideCharactersCountTwiceAndMarksNotAtAll() {
    assertThat(Columns.of("深層")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("👩‍💻")).isEqualTo(2);
    List<String> lines = PageText.printed("深層学習は多くの計算を必要とする", plain(20), false).lines();
    assertThat(lines).containsExactly("深層学習は多くの計算", "を必要とする");
  }

  @Test
  void tablesFitAndTheirColumnsStandBelowEachOther() {
    String table = "| a | b |\n|---|---|\n| one | " + "word ".repeat(40) + "|\n| two | x |\n";
    List<String> lines = PageText.printed(table, plain(40), false).lines();
    assertThat(lines).allMatch(line -> line.length() <= 40);
    assertThat(lines.getFirst()).isEqualTo("a    b");
    int column = lines.get(2).indexOf("word");
    assertThat(lines.get(3)).startsWith(" ".repeat(column) + "word");
    assertThat(lines.getLast()).isEqualTo("two  x");
  }

  @Test
  void linksAreGivenToTerminalsThatAreKnownToHaveThem() {
    assertThat(Hyperlinks.in(Map.of("TERM", "xterm-256color"))).isFalse();
    assertThat(Hyperlinks.in(Map.of("TERM", "xterm-256color", "VTE_VERSION", "7600"))).isTrue();
    assertThat(Hyperlinks.in(Map.of("TERM", "xterm-kitty"))).isTrue();
    assertThat(Hyperlinks.in(Map.of("TERM", "xterm-kitty", "TMUX", "x"))).isFalse();
    assertThat(Hyperlinks.in(Map.of("TERM", "dumb", "VTE_VERSION", "7600"))).isFalse();
    assertThat(Hyperlinks.in(Map.of("FORCE_HYPERLINK", "1"))).isTrue();
    assertThat(Hyperlinks.in(Map.of("FORCE_HYPERLINK", "0", "TERM", "xterm-kitty"))).isFalse();
  }
}
