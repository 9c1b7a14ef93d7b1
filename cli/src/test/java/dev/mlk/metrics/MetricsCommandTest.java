package dev.mlk.metrics;

import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.plugin;
import static dev.mlk.events.EventFileWriter.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.connect.Connections;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.console.TestConsole;
import dev.mlk.events.EventFileWriter;
import dev.mlk.format.Json;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** What {@code mlk metrics} prints of folders. */
final class MetricsCommandTest {
  @TempDir private Path folder;
  private final TestConsole console = TestConsole.pipe();
  private final EventFileWriter writer = new EventFileWriter().version();

  private int run(Output output, String... arguments) throws Exception {
    writer.to(folder.resolve("logs/train/events.out.tfevents.1.host"));
    GlobalOptions options =
        new GlobalOptions(
            "",
            "",
            "",
            "",
            output,
            Optional.empty(),
            new GlobalOptions.Switches(false, false, false));
    Invocation invocation =
        new Invocation(console.console(), options, Map.of(), folder, InstantSource.system());
    Connections connections =
        new Connections(
            invocation,
            _ -> {
              throw new IllegalStateException("a folder needs no cluster");
            });
    MetricsCommand command = new MetricsCommand(invocation, connections, Path::of);
    new CommandLine(command).parseArgs(arguments);
    return command.call();
  }

  private void scalars() {
    for (int step = 1; step <= 3; step++) {
      writer.scalar(step, "loss", 1f / step);
      writer.scalar(step, "accuracy", step / 4f);
    }
  }

  private Problem problem(String... arguments) {
    Problem[] problem = new Problem[1];
    assertThatThrownBy(() -> run(Output.TEXT, arguments))
        .isInstanceOfSatisfying(Problem.class, thrown -> problem[0] = thrown);
    return problem[0];
  }

  @Test
  void csvHasEveryNumberExactly() throws Exception {
    scalars();
    assertThat(run(Output.parse("csv"), "logs", "--tag", "loss")).isZero();
    assertThat(console.out())
        .isEqualTo(
            """
            run,tag,step,wall_time,value
            train,loss,1,1000000001.25,1.0
            train,loss,2,1000000002.25,0.5
            train,loss,3,1000000003.25,0.3333333432674408
            """);
  }

  @Test
  void csvQuotesWhatWouldBreakTheLine() throws Exception {
    writer.scalar(1, "a,\"b\"", 1);
    run(Output.parse("csv"), "logs");
    assertThat(console.out()).contains("train,\"a,\"\"b\"\"\",1,");
  }

  @Test
  void jsonIsOneDocumentWithNaNAsText() throws Exception {
    scalars();
    writer.scalar(4, "loss", Float.NaN);
    run(Output.parse("json"), "logs");
    JsonNode document = Json.read(console.out());
    assertThat(document.path("kind").asString()).isEqualTo("Metrics");
    assertThat(document.path("points").size()).isEqualTo(7);
    JsonNode last = document.path("points").path(6);
    assertThat(last.path("value").asString()).isEqualTo("NaN");
    assertThat(last.path("step").asInt()).isEqualTo(4);
    assertThat(document.path("damaged").size()).isZero();
    assertThat(console.err())
        .isEqualTo("train, loss: 1 of 4 numbers are NaN or infinite, the first at step 4.\n");
  }

  @Test
  void aTableHasALineForEachRunAndTag() throws Exception {
    scalars();
    run(Output.TEXT, "logs");
    assertThat(console.out())
        .isEqualTo(
            """
            RUN     TAG        POINTS   STEP   LAST      MIN       MAX
            train   accuracy   3        3      0.75      0.25      0.75
            train   loss       3        3      0.33333   0.33333   1
            """);
  }

  @Test
  void aMistypedTagIsAnsweredWithWhatIsThereAndTheNearest() throws Exception {
    scalars();
    Problem problem = problem("logs", "--tag", "acuracy");
    assertThat(problem).isInstanceOf(Problem.NotFound.class);
    assertThat(problem.getMessage()).isEqualTo("there is no scalar \"acuracy\" in logs");
    assertThat(problem.explanation().causes()).contains("there are: accuracy, loss");
    assertThat(problem.explanation().next()).contains("mlk metrics logs --tag accuracy");
    assertThat(console.out()).isEmpty();
  }

  @Test
  void oneMissingTagOfTwoIsToldAndTheOtherIsPrinted() throws Exception {
    scalars();
    int code = run(Output.parse("json"), "logs", "--tag", "loss", "--tag", "los");
    assertThat(code).isEqualTo(3);
    assertThat(Json.read(console.out()).path("points").size()).isEqualTo(3);
    assertThat(console.err()).contains("there is no scalar \"los\" in logs");
  }

  @Test
  void aMistypedRunIsAnsweredWithTheRunsThatAreThere() {
    scalars();
    Problem problem = problem("logs", "--run", "trian");
    assertThat(problem.explanation().causes()).contains("there are: train");
    assertThat(problem.explanation().next()).contains("mlk metrics logs --run train");
  }

  @Test
  void textWhereNumbersShouldBeIsAFailureThatSaysSo() {
    EventFileWriter.Message text = message().varint(1, 7).text(8, "high");
    writer.summary(7, value("loss").message(8, text).message(9, plugin("scalars")));
    Problem problem = problem("logs", "--tag", "loss");
    assertThat(problem).isInstanceOf(Problem.Failed.class);
    assertThat(problem.explanation().causes())
        .contains("each of its 1 values is the text \"high\"");
  }

  @Test
  void aTagOfAnotherKindIsNamed() {
    scalars();
    EventFileWriter.Message text = message().varint(1, 7).text(8, "hello");
    writer.summary(7, value("note").message(8, text).message(9, plugin("text")));
    assertThat(problem("logs", "--tag", "note").explanation().causes())
        .contains("there are values of that name, but no numbers: text");
  }

  @Test
  void twoFilesThatDisagreeAreTold() throws Exception {
    scalars();
    EventFileWriter other = new EventFileWriter().version();
    other.scalar(2, "loss", 7);
    other.to(folder.resolve("logs/train/events.out.tfevents.2.host"));
    run(Output.parse("csv"), "logs");
    assertThat(console.err())
        .contains(
            "train, loss: two files disagree at step 2: 0.5 in events.out.tfevents.1.host, 7.0 in"
                + " events.out.tfevents.2.host.");
  }

  @Test
  void aFolderWithoutEventFilesIsAnsweredWithWhatIsInIt() throws IOException {
    writer.to(folder.resolve("models/checkpoint"));
    Problem problem = problem("models");
    assertThat(problem.explanation().causes())
        .containsExactly(
            "looked for files named *tfevents* in "
                + folder.resolve("models")
                + " (there: checkpoint)");
  }

  @Test
  void damageIsNamedWithFileAndByteAndReadingGoesOn() throws Exception {
    scalars();
    byte[] bytes = writer.bytes();
    bytes[bytes.length - 20] ^= 1;
    Path file = folder.resolve("logs/train/events.out.tfevents.2.host");
    writer.to(file);
    Files.write(file, bytes);
    run(Output.parse("json"), "logs");
    JsonNode damaged = Json.read(console.out()).path("damaged");
    assertThat(damaged.size()).isEqualTo(1);
    assertThat(damaged.path(0).path("file").asString()).isEqualTo(file.toString());
    assertThat(damaged.path(0).path("byte").asInt()).isPositive();
    assertThat(console.err()).contains(", byte " + damaged.path(0).path("byte").asInt() + ": ");
  }
}
