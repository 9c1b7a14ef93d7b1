package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.TestConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/commands.md is what {@code mlk help} says; {@code -Dmlk.golden=update} writes it anew. */
final class CommandsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "commands.md");

  @Test
  void thePageIsWhatTheHelpSays() throws IOException {
    var page = new StringBuilder("# Commands\n\n");
    page.append("Made from `mlk help` by `CommandsPageTest`; do not edit it by hand.\n");
    for (List<String> topic : topics()) {
      page.append("\n## ").append(String.join(" ", topic)).append("\n\n```\n");
      TestConsole console = TestConsole.pipe();
      App app = new App(console.console(), Map.of(), Path.of(""), InstantSource.system());
      assertThat(app.run(topic.subList(1, topic.size()).toArray(String[]::new))).isZero();
      page.append(console.out().stripTrailing()).append("\n```\n");
    }
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.writeString(PAGE, page.toString());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page.toString());
  }

  private static List<List<String>> topics() {
    List<List<String>> topics = new ArrayList<>();
    topics.add(List.of("mlk", "help"));
    topics.add(List.of("mlk", "help", "options"));
    topics.add(List.of("mlk", "help", "exit-codes"));
    for (CommandTable.Group group : CommandTable.GROUPS) {
      topics.add(List.of("mlk", "help", group.noun()));
      for (CommandTable.Entry verb : CommandTable.verbs(group.noun())) {
        topics.add(List.of(("mlk help " + verb.path()).split(" ", -1)));
      }
    }
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      if (entry.path().indexOf(' ') < 0 && CommandTable.group(entry.path()).isEmpty()) {
        topics.add(List.of("mlk", "help", entry.path()));
      }
    }
    return topics;
  }
}
