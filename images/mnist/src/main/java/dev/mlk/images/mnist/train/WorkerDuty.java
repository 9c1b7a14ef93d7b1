package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.model.TrainingGraph;
import dev.mlk.images.mnist.report.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tensorflow.Session;

/** A worker waits for the chief to give the variables values, and leaves the rest to it. */
final class WorkerDuty implements Duty {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Setting setting;
  private final TrainingGraph graph;

  WorkerDuty(Setting setting, TrainingGraph graph) {
    this.setting = setting;
    this.graph = graph;
  }

  @Override
  public Optional<Long> ready(Session session) {
    Duration limit = setting.arguments().clusterTimeout();
    Instant end = setting.clock().instant().plus(limit);
    boolean said = false;
    while (!Values.initialised(session, graph)) {
      if (!said) {
        setting.journal().say(Line.of("waiting_for", setting.membership().chiefRole().label()));
        said = true;
      }
      if (setting.clock().instant().isAfter(end)) {
        throw new Failure(
            ExitCode.CLUSTER,
            "The chief gave the variables no values within " + limit.toSeconds() + " seconds");
      }
      if (setting.stop().await(PAUSE)) {
        return Optional.empty();
      }
    }
    return Optional.of(Values.globalStep(session, graph));
  }

  @Override
  public void afterStep(Session session, long globalStep) {
    // Checkpoints are the chief's.
  }

  @Override
  public void interrupted(Session session, long globalStep) {
    setting.journal().say(Line.of("stopped_by", "SIGTERM").with("step", globalStep));
  }

  @Override
  public void finished(Session session, long globalStep, long ownSteps) {
    setting
        .journal()
        .say(
            Line.of("done", setting.membership().label())
                .with("steps", ownSteps)
                .with("global_step", globalStep));
  }
}
