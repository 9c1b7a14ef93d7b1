package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.report.Journal;
import dev.mlk.images.mnist.report.Line;
import dev.mlk.images.mnist.summary.EventFile;
import java.time.Instant;
import java.util.Optional;

/** Says at a steady interval of steps how training goes, to people and to TensorBoard. */
final class ProgressLog {
  private final Setting setting;
  private final Optional<EventFile> events;
  private boolean first = true;
  private long lastStep;
  private Instant since;
  private int steps;
  private double losses;
  private double accuracies;

  ProgressLog(Setting setting, Optional<EventFile> events) {
    this.setting = setting;
    this.events = events;
    this.since = setting.clock().instant();
  }

  /** Training begins, or goes on in a new session. */
  void start(long step) {
    lastStep = step;
    clear();
  }

  void step(long step, float loss, float accuracy) {
    steps++;
    losses += loss;
    accuracies += accuracy;
    long interval = setting.arguments().logInterval();
    if (first || step / interval > lastStep / interval) {
      say(step);
      first = false;
      clear();
    }
    lastStep = step;
  }

  private void say(long step) {
    double seconds = Math.max(1e-6, Journal.seconds(since, setting.clock().instant()));
    double examples = steps * (double) setting.arguments().training().batchSize() / seconds;
    double loss = losses / steps;
    double accuracy = accuracies / steps;
    setting
        .journal()
        .say(
            Line.of("step", step)
                .with("loss", loss, 4)
                .with("accuracy", accuracy, 4)
                .with("examples/s", examples, 0));
    events.ifPresent(
        file -> {
          file.scalar("loss", step, (float) loss);
          file.scalar("accuracy", step, (float) accuracy);
          file.scalar("examples_per_second", step, (float) examples);
          file.flush();
        });
  }

  private void clear() {
    since = setting.clock().instant();
    steps = 0;
    losses = 0;
    accuracies = 0;
  }
}
