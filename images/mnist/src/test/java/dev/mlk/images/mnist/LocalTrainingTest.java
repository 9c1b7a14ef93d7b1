package dev.mlk.images.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mlk.images.mnist.data.Digits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** One training of the local role, and everything that it leaves behind. */
class LocalTrainingTest {
  @TempDir static Path folder;
  private static String output;

  @BeforeAll
  static void train() {
    try (Running run =
        Running.start(
            folder,
            Map.of("TF_TRAIN_STEPS", "700", "TF_MODEL_DIR", folder.resolve("model").toString()),
            "--log-dir=" + folder.resolve("logs"),
            "--export-dir=" + folder.resolve("export"),
            "--keep-checkpoints=3")) {
      assertThat(run.exit()).as(run::output).isZero();
      output = run.output();
    }
  }

  private static double figure(String name) {
    String line = output.lines().filter(l -> l.startsWith("accuracy=")).findFirst().orElseThrow();
    for (String word : line.split(" ", -1)) {
      if (word.startsWith(name + "=")) {
        return Double.parseDouble(word.substring(name.length() + 1));
      }
    }
    throw new AssertionError(line);
  }

  @Test
  void readsMoreThan93OfAHundredHeldOutDigits() {
    assertThat(figure("accuracy")).isGreaterThanOrEqualTo(0.93);
    assertThat(figure("held_out")).isEqualTo(2000);
    assertThat(figure("global_step")).isEqualTo(700);
  }

  @Test
  void logsProgressAtASteadyInterval() {
    List<String> steps = output.lines().filter(l -> l.contains("examples/s=")).toList();
    assertThat(steps).hasSize(21);
    assertThat(steps.getLast())
        .matches("step=700 loss=0\\.\\d{4} accuracy=0\\.\\d{4} examples/s=\\d+");
  }

  @Test
  void timesEachPhase() {
    for (String phase :
        List.of("start", "tensorflow", "load", "graph", "ready", "train", "evaluate", "export")) {
      assertThat(output).containsPattern("(?m)^phase=" + phase + " seconds=\\d+\\.\\d\\d");
    }
  }

  @Test
  void keepsTheLatestCheckpoints() throws IOException {
    Path model = folder.resolve("model");
    assertThat(Files.readString(model.resolve("checkpoint")))
        .isEqualTo(
            """
            model_checkpoint_path: "model.ckpt-700"
            all_model_checkpoint_paths: "model.ckpt-500"
            all_model_checkpoint_paths: "model.ckpt-600"
            all_model_checkpoint_paths: "model.ckpt-700"
            """);
    try (Stream<Path> files = Files.list(model)) {
      assertThat(files).hasSize(7);
    }
  }

  @Test
  void exportsAModelThatReadsDigitsAsWellAsTheTrainedOne() {
    Digits digits = Digits.heldOut(Path.of("src/main/data"));
    int[] all = new int[digits.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Path version = folder.resolve("export/1");
    try (SavedModelBundle model = SavedModelBundle.load(version.toString(), "serve");
        TFloat32 images =
            TFloat32.tensorOf(
                Shape.of(all.length, Digits.PIXELS),
                DataBuffers.of(digits.images(all), true, false));
        Result result = model.function("serving_default").call(Map.of("images", images))) {
      TInt64 classes = (TInt64) result.get("classes").orElseThrow();
      TFloat32 probabilities = (TFloat32) result.get("probabilities").orElseThrow();
      int right = 0;
      for (int i = 0; i < all.length; i++) {
        right += classes.getLong(i) == digits.label(i) ? 1 : 0;
      }
      assertThat(right / 2000.0).isEqualTo(figure("accuracy"), within(0.001));
      assertThat(probabilities.shape()).isEqualTo(Shape.of(2000, 10));
      float sum = 0;
      for (int digit = 0; digit < 10; digit++) {
        sum += probabilities.getFloat(7, digit);
      }
      assertThat(sum).isEqualTo(1, within(1e-4f));
    }
  }

  @Test
  void leavesNoUnfinishedExport() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("export"))) {
      assertThat(files.map(f -> f.getFileName().toString())).containsExactly("1");
    }
  }

  @Test
  void tellsTensorBoardHowTrainingWent() throws IOException {
    List<Event> events = EventReader.read(folder.resolve("logs/train"));
    assertThat(events.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
    Summary.Value loss = last(events, "loss").orElseThrow();
    assertThat(loss.getMetadata().getPluginData().getPluginName()).isEqualTo("scalars");
    assertThat(loss.getTensor().getFloatVal(0)).isBetween(0.001f, 0.3f);
    Summary.Value weights = last(events, "fc1/w").orElseThrow();
    assertThat(weights.getMetadata().getPluginData().getPluginName()).isEqualTo("histograms");
    double count = 0;
    for (int i = 2; i < weights.getTensor().getDoubleValCount(); i += 3) {
      count += weights.getTensor().getDoubleVal(i);
    }
    assertThat(count).isEqualTo(784 * 128);
  }

  @Test
  void tellsTensorBoardHowHeldOutDigitsWereRead() throws IOException {
    List<Event> events = EventReader.read(folder.resolve("logs/test"));
    Summary.Value accuracy = last(events, "accuracy").orElseThrow();
    assertThat(accuracy.getTensor().getFloatVal(0))
        .isEqualTo((float) figure("accuracy"), within(0.0001f));
    Summary.Value misread = last(events, "misread").orElseThrow();
    assertThat(misread.getMetadata().getPluginData().getPluginName()).isEqualTo("images");
    assertThat(misread.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("28");
    assertThat(misread.getTensor().getStringValCount()).isEqualTo(14);
    assertThat(misread.getMetadata().getSummaryDescription()).contains("1: ", " read as ");
    Summary.Value start = last(events, "_hparams_/session_start_info").orElseThrow();
    assertThat(start.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    assertThat(start.getMetadata().getPluginData().getContent().toStringUtf8())
        .contains("learning_rate", "batch_size", "mlp", "adam");
    assertThat(last(events, "_hparams_/session_end_info")).isPresent();
  }

  @Test
  void doesNotClaimToHaveResumed() throws IOException {
    assertThat(EventReader.read(folder.resolve("logs/train")))
        .noneMatch(e -> e.getSessionLog().getStatus() == SessionLog.SessionStatus.START);
  }

  private static Optional<Summary.Value> last(List<Event> events, String tag) {
    return events.reversed().stream()
        .flatMap(e -> e.getSummary().getValueList().stream())
        .filter(v -> v.getTag().equals(tag))
        .findFirst();
  }
}
