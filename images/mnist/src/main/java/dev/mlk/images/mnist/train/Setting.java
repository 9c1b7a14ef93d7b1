package dev.mlk.images.mnist.train;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.cluster.Membership;
import dev.mlk.images.mnist.exit.Stop;
import dev.mlk.images.mnist.report.Journal;
import java.time.InstantSource;
import java.util.Locale;

/**
 * What every role needs.
 *
 * @param host name of this machine or pod, part of the names of event files
 */
public record Setting(
    Arguments arguments,
    Membership membership,
    Journal journal,
    Stop stop,
    InstantSource clock,
    String host) {
  /** What a checkpoint must be of to go on from it. */
  String description() {
    Arguments.Training training = arguments.training();
    return (training.model() + " " + training.optimizer()).toLowerCase(Locale.ROOT);
  }
}
