package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class CommandTableTest {
  private static final Invocation NOTHING =
      new Invocation(
          TestConsole.pipe().console(),
          GlobalOptions.NONE,
          Map.of(),
          Path.of(""),
          InstantSource.system());

  @Test
  void everyEntryIsTheCommandThatItSays() {
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      Object command = CommandFactory.create(entry.path(), NOTHING);
      Command annotation = command.getClass().getAnnotation(Command.class);
      assertThat(command.getClass().getSimpleName()).endsWith("Command");
      assertThat(annotation.name())
          .as(entry.path())
          .isEqualTo(entry.path().substring(entry.path().indexOf(' ') + 1));
      assertThat(annotation.description()).as(entry.path()).containsExactly(entry.summary());
    }
  }

  @Test
  void everyHelpHasAnExampleOfTheCommand() {
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      String help = new CommandLine(CommandFactory.create(entry.path(), NOTHING)).getUsageMessage();
      assertThat(help).as(entry.path()).containsPattern("(?s)Examples:\n .*mlk " + entry.path());
    }
  }

  @Test
  void namesAreThereOnceAndEveryGroupHasVerbs() {
    Set<String> seen = new HashSet<>();
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      assertThat(seen.add(entry.path())).as(entry.path()).isTrue();
      if (entry.path().indexOf(' ') > 0) {
        assertThat(CommandTable.group(entry.noun())).as(entry.path()).isPresent();
      }
    }
    for (CommandTable.Group group : CommandTable.GROUPS) {
      assertThat(CommandTable.verbs(group.noun())).as(group.noun()).isNotEmpty();
    }
  }

  @Test
  void noCommandHasAnOptionThatIsGlobal() {
    Set<String> global =
        Set.of(
            "-n",
            "-o",
            "-q",
            "-v",
            "-y",
            "-h",
            "--namespace",
            "--output",
            "--quiet",
            "--verbose",
            "--yes",
            "--help",
            "--kubeconfig",
            "--context",
            "--color",
            "--timeout",
            "--as");
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      CommandLine line = new CommandLine(CommandFactory.create(entry.path(), NOTHING));
      assertThat(line.getCommandSpec().optionsMap().keySet())
          .as(entry.path())
          .doesNotContainAnyElementsOf(global);
    }
  }
}
