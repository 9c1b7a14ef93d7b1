package dev.mlk.images.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;

/** How the process ends, and how the next one goes on. */
class EndingsTest {
  @TempDir Path folder;

  private Running start(String... arguments) {
    return Running.start(folder, Map.of(), arguments);
  }

  @Test
  void sigtermSavesACheckpointAndTheNextRunGoesOnFromIt() throws IOException {
    String model = "--model-dir=" + folder.resolve("model");
    String logs = "--log-dir=" + folder.resolve("logs");
    long stopped;
    try (Running first =
        start("--steps=1000000", "--log-interval=20", "--checkpoint-interval=1000000", model)) {
      first.awaitStepAfter(40).terminate();
      assertThat(first.exit()).isEqualTo(143);
      stopped = first.last("^stopped_by=SIGTERM step=(\\d+)");
      assertThat(stopped).isGreaterThan(40);
    }
    try (Running second = start("--steps=" + (stopped + 30), model, logs)) {
      assertThat(second.exit()).as(second::output).isZero();
      assertThat(second.last("^restored=.*model.ckpt-\\d+ step=(\\d+)")).isEqualTo(stopped);
      assertThat(second.last("^accuracy=.* global_step=(\\d+)")).isEqualTo(stopped + 30);
      assertThat(second.last("^global_step=\\d+ local=(\\d+)")).isEqualTo(stopped + 30);
    }
    List<Event> events = EventReader.read(folder.resolve("logs/train"));
    assertThat(events)
        .filteredOn(e -> e.getSessionLog().getStatus() == SessionLog.SessionStatus.START)
        .extracting(Event::getStep)
        .containsExactly(stopped);
  }

  @Test
  void aResumedRunLearnsWhatAnUninterruptedOneDoes() {
    String[] common = {"--dropout=0.2", "--log-interval=1"};
    try (Running whole = start(common[0], common[1], "--steps=60");
        Running first =
            start(common[0], common[1], "--steps=30", "--model-dir=" + folder.resolve("m"))) {
      assertThat(first.exit()).isZero();
      try (Running second =
          start(common[0], common[1], "--steps=60", "--model-dir=" + folder.resolve("m"))) {
        assertThat(second.exit()).isZero();
        assertThat(whole.exit()).isZero();
        List<String> expected = losses(whole);
        assertThat(expected).hasSize(60);
        assertThat(losses(first)).isEqualTo(expected.subList(0, 30));
        assertThat(losses(second)).isEqualTo(expected.subList(30, 60));
      }
    }
  }

  private static List<String> losses(Running run) {
    return run.output()
        .lines()
        .filter(line -> line.contains(" examples/s="))
        .map(line -> line.substring(0, line.indexOf(" examples/s=")))
        .toList();
  }

  @Test
  void divergedTrainingIsFinal() {
    try (Running run = start("--steps=300", "--optimizer=sgd", "--lr=1e20")) {
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.output()).contains("Training diverged", "smaller --learning-rate than 1.0E20");
    }
  }

  @Test
  void aBigBatchIsNotTakenForALackOfMemory() {
    try (Running run = start("--steps=1", "--model=cnn", "--batch-size=2500")) {
      assertThat(run.exit()).as(run::output).isZero();
    }
  }

  @Test
  void aWrongArgumentIsFinalAndNamesTheRightOne() {
    try (Running run = start("--learnign-rate=0.1")) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.output())
          .isEqualToIgnoringNewLines(
              "error: --learnign-rate is not an option. Did you mean --learning-rate?");
    }
  }

  @Test
  void helpShowsAnExample() {
    try (Running run = start("--help")) {
      assertThat(run.exit()).isZero();
      assertThat(run.output()).contains("--checkpoint-interval", "Example: mnist --model=cnn");
    }
  }

  @Test
  void missingDataIsFinal() {
    try (Running run = start("--data-dir=" + folder.resolve("nowhere"))) {
      assertThat(run.exit()).isEqualTo(4);
      assertThat(run.output()).contains("nowhere", "train-images-idx3-ubyte.gz");
    }
  }

  @Test
  void aCheckpointOfAnotherModelIsFinal() {
    String model = "--model-dir=" + folder.resolve("model");
    try (Running mlp = start("--steps=2", model)) {
      assertThat(mlp.exit()).isZero();
    }
    try (Running cnn = start("--steps=4", "--model=cnn", model)) {
      assertThat(cnn.exit()).isEqualTo(5);
      assertThat(cnn.output()).contains("\"mlp adam\", and this is \"cnn adam\"");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsFinal() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    try (Running run = start("--steps=2", "--model-dir=" + file.resolve("model"))) {
      assertThat(run.exit()).isEqualTo(5);
      assertThat(run.output()).contains("cannot be made");
    }
  }

  @Test
  void aMissingParameterServerIsWorthAnotherTry() {
    try (Cluster cluster =
        new Cluster(folder, List.of("chief-0", "ps-0"), "--steps=5", "--cluster-timeout=1")) {
      Running chief = cluster.start("chief-0");
      assertThat(chief.exit()).isEqualTo(138);
      assertThat(chief.output()).contains("waiting_for=ps-0", "did not answer within 1 seconds");
    }
  }

  @Test
  void aTakenPortIsWorthAnotherTry() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      String config =
          "{\"cluster\":{\"ps\":[\"%s\"]},\"task\":{\"type\":\"ps\",\"index\":0}}"
              .formatted(address);
      try (Running ps = Running.start(folder, Map.of("TF_CONFIG", config))) {
        assertThat(ps.exit()).isEqualTo(138);
        assertThat(ps.output()).contains("No server could be started on the port of " + address);
      }
    }
  }
}
