package dev.mlk.images.mnist.arguments;

import java.util.List;

/** Every option: its names, the environment variable that stands in for it, what it means. */
enum Option {
  MODEL("--model", "TF_MODEL_TYPE", "mlp", "network to train: softmax, mlp or cnn"),
  STEPS("--steps", "TF_TRAIN_STEPS", "1000", "training steps, counted over all workers"),
  BATCH_SIZE("--batch-size", "TF_BATCH_SIZE", "64", "examples a step"),
  OPTIMIZER("--optimizer", "", "adam", "sgd, momentum or adam"),
  LEARNING_RATE(
      "--learning-rate", "TF_LEARNING_RATE", "", "default: sgd 0.1, momentum 0.02, adam 0.001"),
  DROPOUT("--dropout", "", "0", "share of hidden units left out while training, 0 to 0.95"),
  SEED("--seed", "", "1", "seed of all randomness"),
  DATA_DIR("--data-dir", "TF_DATA_DIR", "", "the digits, as IDX files; default: the image's own"),
  LOG_DIR("--log-dir", "TF_LOG_DIR", "", "event files for TensorBoard"),
  MODEL_DIR("--model-dir", "TF_MODEL_DIR", "", "checkpoints; training resumes from the latest"),
  EXPORT_DIR("--export-dir", "TF_EXPORT_DIR", "", "SavedModel, in <export-dir>/<version>/"),
  CHECKPOINT_INTERVAL("--checkpoint-interval", "", "100", "steps between two checkpoints"),
  KEEP_CHECKPOINTS("--keep-checkpoints", "", "5", "checkpoints that are kept"),
  LOG_INTERVAL("--log-interval", "", "", "steps between two log lines; default: 1/20, at most 100"),
  CLUSTER_TIMEOUT("--cluster-timeout", "", "300", "seconds to wait for the rest of the cluster");

  /** Another name of {@link #LEARNING_RATE}. */
  static final String LEARNING_RATE_ALIAS = "--lr";

  private final String label;
  private final String variable;
  private final String usual;
  private final String meaning;

  Option(String label, String variable, String usual, String meaning) {
    this.label = label;
    this.variable = variable;
    this.usual = usual;
    this.meaning = meaning;
  }

  /** As it is typed, with its dashes. */
  String label() {
    return label;
  }

  /** The environment variable, or empty. */
  String variable() {
    return variable;
  }

  /** The value that counts when none is given; empty when that depends on others. */
  String usual() {
    return usual;
  }

  String meaning() {
    return meaning;
  }

  static List<Option> all() {
    return List.of(values());
  }
}
