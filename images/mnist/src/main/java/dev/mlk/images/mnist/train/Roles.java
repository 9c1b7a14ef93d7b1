package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.cluster.Membership;
import dev.mlk.images.mnist.cluster.Peers;
import dev.mlk.images.mnist.cluster.Role;
import dev.mlk.images.mnist.cluster.TaskServer;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.report.Line;
import java.time.Duration;
import java.util.Locale;
import org.tensorflow.TensorFlow;

/** Runs the role that this process has. */
public final class Roles {
  private static final Duration FOREVER = Duration.ofDays(365);

  private Roles() {}

  /** Runs until the role has done its work or the process is to end. */
  public static ExitCode run(Setting setting) {
    announce(setting);
    Membership membership = setting.membership();
    if (membership.role() == Role.EVALUATOR) {
      return new Evaluator(setting).run();
    }
    if (membership.trainsAlone()) {
      return new Training(setting, new Alone()).run();
    }
    TaskServer server = TaskServer.start(membership);
    setting.journal().phase("server");
    if (membership.role() == Role.PS) {
      setting
          .journal()
          .say(Line.of("serving", membership.label()).with("at", membership.address()));
      // It never ends by itself: whoever runs the job ends it when the chief is done.
      return setting.stop().await(FOREVER) ? ExitCode.TERMINATED : ExitCode.DONE;
    }
    Peers peers = new Peers(membership, setting.stop(), setting.clock(), setting.journal());
    return new Training(setting, new Together(setting, server, peers)).run();
  }

  private static void announce(Setting setting) {
    setting.journal().phase("start");
    Arguments.Training training = setting.arguments().training();
    String version = TensorFlow.version();
    setting.journal().say(setting.journal().ended("tensorflow").with("version", version));
    setting
        .journal()
        .say(
            Line.of("role", setting.membership().label())
                .with("model", training.model().name().toLowerCase(Locale.ROOT))
                .with("steps", training.steps())
                .with("batch_size", training.batchSize())
                .with("optimizer", training.optimizer().name().toLowerCase(Locale.ROOT))
                .with("learning_rate", training.learningRate())
                .with("dropout", training.dropout())
                .with("seed", setting.arguments().seed()));
  }
}
