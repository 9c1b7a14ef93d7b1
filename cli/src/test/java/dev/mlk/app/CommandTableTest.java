package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
  void whatACommandTakesDirectlyIsWhatPicocliWouldTake() throws ReflectiveOperationException {
    Set<String> direct = new HashSet<>();
    for (CommandTable.Entry entry : CommandTable.ENTRIES) {
      for (List<String> words : List.of(List.<String>of(), List.of("mnist"), List.of("a", "b"))) {
        Callable<Integer> taken = CommandFactory.create(entry.path(), NOTHING);
        if (App.direct(taken, words)) {
          direct.add(entry.path());
          Callable<Integer> parsed = CommandFactory.create(entry.path(), NOTHING);
          new CommandLine(parsed).parseArgs(words.toArray(String[]::new));
          for (Field field : taken.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(Option.class)
                || field.isAnnotationPresent(Parameters.class)) {
              field.setAccessible(true);
              assertThat(field.get(taken))
                  .as(entry.path() + " " + words + " " + field.getName())
                  .isEqualTo(field.get(parsed));
            }
          }
        }
      }
    }
    assertThat(direct).contains("tfjob list", "tfjob get", "tfjob submit");
  }

  @Test
  void everythingWithAnOptionGoesThroughPicocli() {
    for (String word : List.of("-A", "--follow", "--", "-", "@file")) {
      Callable<Integer> command = CommandFactory.create("tfjob submit", NOTHING);
      assertThat(App.direct(command, List.of(word))).as(word).isFalse();
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
