package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.checkpoint.Checkpoints;
import dev.mlk.images.mnist.checkpoint.Saver;
import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.Placement;
import dev.mlk.images.mnist.model.TrainingGraph;
import dev.mlk.images.mnist.report.Line;
import dev.mlk.images.mnist.summary.EventFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.tensorflow.Session;

/** Measures each checkpoint that the chief leaves, until the one of the last step. */
final class Evaluator {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Setting setting;

  Evaluator(Setting setting) {
    this.setting = setting;
  }

  ExitCode run() {
    Arguments.Files files = setting.arguments().files();
    if (files.model().isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "An evaluator needs --model-dir: the folder where the chief saves");
    }
    Path folder = files.model().get();
    Checkpoints checkpoints =
        Checkpoints.in(folder, files.checkpointsKept(), setting.description());
    Exam exam = new Exam(Digits.heldOut(files.data()));
    Optional<EventFile> events =
        files.logs().map(logs -> RunEvents.create(logs.resolve("eval"), setting));
    try (TrainingGraph graph =
            new TrainingGraph(
                setting.arguments().training(), setting.arguments().seed(), Placement.local(), 0);
        Session session = new Session(graph.graph())) {
      Saver saver = new Saver(graph.own(), graph.variables().all(), setting.description());
      setting.journal().phase("graph");
      long seen = -1;
      while (seen < setting.arguments().training().steps()) {
        Optional<Path> latest = checkpoints.latest();
        if (latest.isPresent() && Checkpoints.step(latest.get()) > seen) {
          seen = Checkpoints.step(latest.get());
          checkpoints.restore(session, saver, latest.get());
          report(exam.take(session, graph), seen, exam.size(), events);
        } else if (setting.stop().await(PAUSE)) {
          return ExitCode.TERMINATED;
        }
      }
    } finally {
      events.ifPresent(EventFile::close);
    }
    return ExitCode.DONE;
  }

  private void report(Exam.Marks marks, long step, int size, Optional<EventFile> events) {
    setting
        .journal()
        .say(
            Line.of("step", step)
                .with("held_out_accuracy", marks.accuracy(), 4)
                .with("held_out_loss", marks.loss(), 4)
                .with("held_out", size));
    events.ifPresent(
        file -> {
          file.scalar("loss", step, (float) marks.loss());
          file.scalar("accuracy", step, (float) marks.accuracy());
          file.flush();
        });
  }
}
