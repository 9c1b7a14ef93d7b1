package dev.mlk.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.connect.Connections;
import dev.mlk.console.Console;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import dev.mlk.events.EventFileWriter;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code mlk tensorboard --text} of folders, as whole screens; {@code -Dmlk.golden=update} writes
 * them anew.
 */
final class TensorBoardCommandTest {
  private static final Path SCREENS = Path.of("src/test/resources/board");

  @TempDir private Path folder;

  private int run(Console console, String... arguments) throws Exception {
    Invocation invocation =
        new Invocation(console, GlobalOptions.NONE, Map.of(), folder, InstantSource.system());
    Connections connections =
        new Connections(
            invocation,
            _ -> {
              throw new IllegalStateException("a folder needs no cluster");
            });
    TensorBoardCommand command = new TensorBoardCommand(invocation, connections, Path::of, "1");
    new CommandLine(command).parseArgs(arguments);
    return command.call();
  }

  private Problem problem(String... arguments) {
    Problem[] problem = new Problem[1];
    assertThatThrownBy(() -> run(TestConsole.pipe().console(), arguments))
        .isInstanceOfSatisfying(Problem.class, thrown -> problem[0] = thrown);
    return problem[0];
  }

  private static void golden(String name, String text) throws IOException {
    Path golden = SCREENS.resolve(name);
    if ("update".equals(System.getProperty("mlk.golden"))) {
      Files.createDirectories(SCREENS);
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
    assertThat(text.replaceAll("\u001B\\[[0-9;]*m", "").lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void aTerminalGetsBrailleWithAColourForEachRun() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    TestConsole console = TestConsole.terminal("");
    assertThat(run(console.console(), "logs", "--text")).isZero();
    golden("terminal.txt", console.out());
  }

  @Test
  void withoutColoursLettersTellRunsApart() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    TestConsole console = TestConsole.terminal("");
    run(console.console().withColour(false), "logs", "--text", "--tag", "loss");
    golden("plain.txt", console.out());
  }

  @Test
  void runsOfSeveralFoldersBeginWithTheirNames() throws Exception {
    BoardSamples.curves(folder.resolve("one"));
    BoardSamples.curves(folder.resolve("two"));
    TestConsole console = TestConsole.terminal("");
    run(console.console().withColour(false), "one", "two", "--text", "--tag", "loss");
    assertThat(console.out()).contains("one/train", "two/train");
    assertThat(problem("one", "two", "--text", "--tag", "los").explanation().next())
        .contains("mlk tensorboard one two --text --tag loss");
  }

  @Test
  void oneRunNeedsNoLettersToBeDrawnFinely() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    TestConsole console = TestConsole.terminal("");
    run(console.console().withColour(false), "logs", "--text", "--tag", "loss", "--run", "train");
    golden("one-run.txt", console.out());
  }

  @Test
  void aPipeGetsAscii() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    TestConsole console = TestConsole.pipe();
    run(console.console(), "logs", "--text", "--tag", "loss", "--smoothing", "0.6");
    golden("pipe.txt", console.out());
    assertThat(console.out()).isASCII();
  }

  @Test
  void flatSingleAndMissingNumbersAreDrawnToo() throws Exception {
    EventFileWriter writer = new EventFileWriter().version();
    writer.scalar(7, "single", 3);
    for (int step = 0; step < 4; step++) {
      writer.scalar(step, "flat", 0.5f);
      writer.scalar(step, "gap", step == 2 ? Float.NaN : step);
      writer.scalar(step, "nothing", Float.NaN);
    }
    writer.to(folder.resolve("logs/events.out.tfevents.1.host"));
    TestConsole console = TestConsole.pipe();
    run(console.console(), "logs", "--text");
    golden("odd.txt", console.out());
  }

  @Test
  void moreRunsThanLettersAreCounted() throws Exception {
    for (int i = 0; i < 30; i++) {
      EventFileWriter writer = new EventFileWriter().version();
      writer.scalar(1, "loss", i);
      writer.scalar(2, "loss", i + 1);
      writer.to(folder.resolve("logs/run-" + (10 + i) + "/events.out.tfevents.1.host"));
    }
    TestConsole console = TestConsole.pipe();
    run(console.console(), "logs", "--text");
    assertThat(console.out()).endsWith("and 4 more runs that are not drawn\n");
  }

  @Test
  void aMistypedTagIsAnsweredWithTheNearest() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    Problem problem = problem("logs", "--text", "--tag", "los");
    assertThat(problem).isInstanceOf(Problem.NotFound.class);
    assertThat(problem.explanation().causes())
        .containsExactly("no tag is called los; there are: accuracy, loss");
    assertThat(problem.explanation().next())
        .containsExactly("mlk tensorboard logs --text --tag loss");
  }

  @Test
  void aMistypedRunIsAnsweredWithTheNearest() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    assertThat(problem("logs", "--text", "--run", "trian").explanation().next())
        .containsExactly("mlk tensorboard logs --text --run train");
  }

  @Test
  void aFolderWithoutEventFilesIsSaidSo() throws Exception {
    Files.createDirectories(folder.resolve("logs"));
    assertThat(problem("logs", "--text").explanation().causes())
        .containsExactly("no event file with numbers is in " + folder.resolve("logs"));
  }

  @Test
  void optionsOfTheTextAreRefusedForThePage() throws Exception {
    BoardSamples.curves(folder.resolve("logs"));
    for (String option : new String[] {"--tag=loss", "--run=x", "-w", "--smoothing=0.5"}) {
      assertThat(problem("logs", option)).as(option).isInstanceOf(Problem.Usage.class);
    }
    assertThat(problem("logs", "--port", "70000")).isInstanceOf(Problem.Usage.class);
    assertThat(problem("logs", "--text", "--smoothing", "1")).isInstanceOf(Problem.Usage.class);
  }
}
