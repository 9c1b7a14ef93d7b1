package dev.mlk.images.mnist.train;

import com.google.protobuf.Value;
import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.summary.EventFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The runs that TensorBoard shows: {@code train}, and {@code test} for the digits that were held
 * out. The hyper-parameters go to the latter, as the HParams board sets them beside that run's
 * figures. Workers have a {@code train-worker-0} of their own.
 */
final class RunEvents implements AutoCloseable {
  private static final int MISREAD_SHOWN = 12;

  private final Optional<EventFile> training;
  private final Optional<EventFile> test;

  RunEvents(Setting setting) {
    boolean chief = setting.membership().chief();
    String run = chief ? "train" : "train-" + setting.membership().label();
    Optional<Path> logs = setting.arguments().files().logs();
    training = logs.map(folder -> create(folder.resolve(run), setting));
    test = logs.filter(_ -> chief).map(folder -> create(folder.resolve("test"), setting));
    test.ifPresent(file -> file.hyperParameters(hyperParameters(setting.arguments()), ""));
  }

  static EventFile create(Path folder, Setting setting) {
    return EventFile.create(folder, setting.host(), setting.clock());
  }

  Optional<EventFile> training() {
    return training;
  }

  private static Map<String, Value> hyperParameters(Arguments arguments) {
    Arguments.Training training = arguments.training();
    Map<String, Value> values = new TreeMap<>();
    values.put("model", text(training.model().name()));
    values.put("optimizer", text(training.optimizer().name()));
    values.put("learning_rate", number(asWritten(training.learningRate())));
    values.put("batch_size", number(training.batchSize()));
    values.put("dropout", number(asWritten(training.dropout())));
    values.put("steps", number((double) training.steps()));
    values.put("seed", number((double) arguments.seed()));
    return values;
  }

  private static Value text(String name) {
    return Value.newBuilder().setStringValue(name.toLowerCase(Locale.ROOT)).build();
  }

  /** 0.001 and not 0.0010000000474974513. */
  private static double asWritten(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  private static Value number(double value) {
    return Value.newBuilder().setNumberValue(value).build();
  }

  void resumeAt(long step) {
    training.ifPresent(file -> file.resumeAt(step));
    test.ifPresent(file -> file.resumeAt(step));
  }

  void marks(long step, Exam.Marks marks) {
    test.ifPresent(
        file -> {
          file.scalar("loss", step, (float) marks.loss());
          file.scalar("accuracy", step, (float) marks.accuracy());
          file.flush();
        });
  }

  void weights(long step, String name, float[] values) {
    training.ifPresent(file -> file.histogram(name, step, values));
  }

  void finished(long step, Exam.Marks marks, Digits digits) {
    test.ifPresent(
        file -> {
          List<byte[]> images = new ArrayList<>();
          StringBuilder captions = new StringBuilder();
          for (Exam.Misread misread : marks.misread()) {
            if (images.size() == MISREAD_SHOWN) {
              break;
            }
            images.add(digits.image(misread.index()));
            captions.append(images.size()).append(": ").append(misread.shown());
            captions.append(" read as ").append(misread.read()).append("; ");
          }
          if (!images.isEmpty()) {
            file.images("misread", step, images, Digits.SIDE, captions.toString());
          }
          file.succeeded();
          file.flush();
        });
  }

  @Override
  public void close() {
    training.ifPresent(EventFile::close);
    test.ifPresent(EventFile::close);
  }
}
