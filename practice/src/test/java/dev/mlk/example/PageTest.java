package dev.mlk.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the embedded cluster shows the files of this folder, and all of them. */
class PageTest {
  private static final Pattern SHOWN =
      Pattern.compile("<!-- (\\w+\\.java) -->\n```java\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern JAVA = Pattern.compile("^```java$", Pattern.MULTILINE);

  @Test
  void thePageShowsTheFilesAsTheyAre() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "embedded.md"));
    Map<String, String> shown = new TreeMap<>();
    Matcher match = SHOWN.matcher(page);
    while (match.find()) {
      shown.put(match.group(1), match.group(2));
    }
    assertThat(JAVA.matcher(page).results().count()).isEqualTo(shown.size());

    Map<String, String> files = new TreeMap<>();
    Path folder = Path.of("src", "test", "java", "dev", "mlk", "example");
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    files.remove("PageTest.java");
    assertThat(shown.keySet()).isEqualTo(files.keySet());
    shown.forEach(
        (name, text) ->
            assertThat(List.of(files.get(name), withoutHead(files.get(name))))
                .as(name)
                .contains(text));
  }

  /** A file without its package and imports. */
  private static String withoutHead(String file) {
    int last = file.lastIndexOf("\nimport ");
    return file.substring(file.indexOf('\n', last + 1) + 2);
  }
}
