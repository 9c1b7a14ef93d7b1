package dev.mlk.images.mnist.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to train, how, and where the results go.
 *
 * @param training what to learn and how
 * @param files where to read and write
 * @param seed of all randomness
 * @param logInterval steps between two log lines
 * @param clusterTimeout how long to wait for another process of the cluster
 */
public record Arguments(
    Training training, Files files, long seed, long logInterval, Duration clusterTimeout) {

  /**
   * What to learn and how.
   *
   * @param steps training steps, counted over all workers, those of earlier runs included
   * @param dropout share of hidden units that are left out of a training step, from 0 to below 1
   */
  public record Training(
      ModelKind model,
      long steps,
      int batchSize,
      OptimizerKind optimizer,
      float learningRate,
      float dropout) {}

  /**
   * Where to read and write; nothing is written to a folder that is not named.
   *
   * @param data the digits
   * @param logs event files for TensorBoard
   * @param model checkpoints
   * @param export SavedModels, one numbered folder each
   * @param checkpointInterval steps between two checkpoints
   * @param checkpointsKept how many checkpoints are kept
   */
  public record Files(
      Path data,
      Optional<Path> logs,
      Optional<Path> model,
      Optional<Path> export,
      long checkpointInterval,
      int checkpointsKept) {}
}
