package dev.mlk.images.mnist.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final Path DATA = Path.of("/image/data");

  private static Arguments read(Map<String, String> environment, String... words) {
    return CommandLine.read(List.of(words), environment, DATA).orElseThrow();
  }

  @Test
  void hasSensibleDefaults() {
    Arguments arguments = read(Map.of());
    assertThat(arguments.training())
        .isEqualTo(new Arguments.Training(ModelKind.MLP, 1000, 64, OptimizerKind.ADAM, 0.001f, 0));
    assertThat(arguments.files().data()).isEqualTo(DATA);
    assertThat(arguments.files().model()).isEmpty();
    assertThat(arguments.logInterval()).isEqualTo(50);
  }

  @Test
  void logsEveryStepOfAShortRun() {
    assertThat(read(Map.of("TF_TRAIN_STEPS", "7")).logInterval()).isEqualTo(1);
  }

  @Test
  void takesTheEnvironmentOfTheWorkshop(@TempDir Path data) throws IOException {
    Files.createFile(data.resolve("train-images-idx3-ubyte"));
    Arguments arguments =
        read(
            Map.of(
                "TF_DATA_DIR", data.toString(),
                "TF_MODEL_DIR", "/m",
                "TF_EXPORT_DIR", "/e",
                "TF_MODEL_TYPE", "CNN",
                "TF_TRAIN_STEPS", "7",
                "TF_BATCH_SIZE", "32",
                "TF_LEARNING_RATE", "0.5"));
    assertThat(arguments.training())
        .isEqualTo(new Arguments.Training(ModelKind.CNN, 7, 32, OptimizerKind.ADAM, 0.5f, 0));
    assertThat(arguments.files().data()).isEqualTo(data);
    assertThat(arguments.files().model()).contains(Path.of("/m"));
    assertThat(arguments.files().export()).contains(Path.of("/e"));
  }

  @Test
  void aVariableMayNameAFolderThatADownloadWouldFill(@TempDir Path empty) {
    assertThat(read(Map.of("TF_DATA_DIR", empty.toString())).files().data()).isEqualTo(DATA);
    assertThat(read(Map.of("TF_DATA_DIR", "/nowhere")).files().data()).isEqualTo(DATA);
    assertThat(read(Map.of(), "--data-dir=/nowhere").files().data()).isEqualTo(Path.of("/nowhere"));
  }

  @Test
  void anArgumentCountsMoreThanTheEnvironment() {
    Arguments arguments = read(Map.of("TF_LEARNING_RATE", "0.5"), "--lr", "0.25");
    assertThat(arguments.training().learningRate()).isEqualTo(0.25f);
  }

  @Test
  void anEmptyVariableIsNone() {
    assertThat(read(Map.of("TF_TRAIN_STEPS", " ")).training().steps()).isEqualTo(1000);
  }

  @Test
  void theUsualLearningRateFollowsTheOptimizer() {
    assertThat(read(Map.of(), "--optimizer=sgd").training().learningRate()).isEqualTo(0.1f);
  }

  @Test
  void helpWinsOverTraining() {
    Optional<Arguments> arguments =
        CommandLine.read(List.of("--steps=5", "--help"), Map.of(), DATA);
    assertThat(arguments).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --stesp=5          | --stesp is not an option. Did you mean --steps?
          --nonsense-at-all  | --nonsense-at-all is not an option. There are: --model, --steps
          train              | train is not an option.
          --steps            | --steps needs a value: training steps
          --steps=           | --steps needs a value: training steps
          --steps=0          | --steps=0: 0 is not a whole number, 1 or more
          --steps=many       | --steps=many: many is not a whole number, 1 or more
          --batch-size=9000  | --batch-size=9000: 9000 is not a whole number, 1 to 8000
          --lr=0             | --learning-rate=0: 0 is not a number above 0
          --lr=NaN           | --learning-rate=NaN: NaN is not a number above 0
          --dropout=1        | --dropout=1: 1 is not a number 0 to 0.95
          --model=mpl        | --model=mpl: mpl is not known. Did you mean mlp?
          --optimizer=lion   | --optimizer=lion: lion is not known. There are: sgd, momentum, adam.
          """)
  void saysWhatIsWrong(String word, String sentence) {
    assertThatThrownBy(() -> read(Map.of(), word))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(sentence);
  }

  @Test
  void namesTheVariableThatIsWrong() {
    assertThatThrownBy(() -> read(Map.of("TF_MODEL_TYPE", "softmx")))
        .hasMessage("TF_MODEL_TYPE=softmx: softmx is not known. Did you mean softmax?");
  }
}
