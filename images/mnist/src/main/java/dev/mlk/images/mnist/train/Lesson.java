package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.data.Digits;
import dev.mlk.images.mnist.data.Shuffle;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Training steps, one after the other, until there are enough or the process is to end. */
final class Lesson {
  private final Setting setting;
  private final TrainingGraph graph;
  private final Digits digits;
  private final Shuffle shuffle;
  private final RunOptions options;
  private final ProgressLog log;
  private long ownSteps;

  Lesson(Setting setting, TrainingGraph graph, Digits digits, RunOptions options, ProgressLog log) {
    this.setting = setting;
    this.graph = graph;
    this.digits = digits;
    this.options = options;
    this.log = log;
    long seed = setting.arguments().seed() + 7919L * setting.membership().countedAs();
    this.shuffle = new Shuffle(digits.size(), seed);
  }

  /** What is to be done after a step. */
  interface AfterStep {
    void done(long globalStep);
  }

  /** Steps that this process has made, in all its sessions. */
  long ownSteps() {
    return ownSteps;
  }

  /** Trains in a session; the number of steps of all workers at its end. */
  long run(Session session, long from, AfterStep afterStep) {
    Arguments.Training training = setting.arguments().training();
    long step = from;
    log.start(step);
    while (step < training.steps() && !setting.stop().wished()) {
      step = learn(session, shuffle.batch(step, training.batchSize()));
      afterStep.done(step);
    }
    return step;
  }

  private long learn(Session session, int[] batch) {
    Arguments.Training training = setting.arguments().training();
    try (TFloat32 images = Exam.images(digits, batch);
        TInt32 labels = Exam.labels(digits, batch);
        TFloat32 dropout = TFloat32.scalarOf(training.dropout());
        Result result =
            session
                .runner()
                .setOptions(options)
                .feed(graph.network().images(), images)
                .feed(graph.labels(), labels)
                .feed(graph.dropoutRate(), dropout)
                .fetch(graph.stepAfter())
                .fetch(graph.loss())
                .fetch(graph.accuracy())
                .run()) {
      long step = ((TInt64) result.get(0)).getLong();
      float loss = ((TFloat32) result.get(1)).getFloat();
      ownSteps++;
      if (!Float.isFinite(loss)) {
        throw new Failure(
            ExitCode.DIVERGED,
            "Training diverged: the loss is "
                + loss
                + " at step "
                + step
                + ". Try a smaller --learning-rate than "
                + training.learningRate()
                + ".");
      }
      log.step(step, loss, ((TFloat32) result.get(2)).getFloat());
      return step;
    }
  }
}
