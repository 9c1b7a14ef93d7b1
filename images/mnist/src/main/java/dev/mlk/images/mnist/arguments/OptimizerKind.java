package dev.mlk.images.mnist.arguments;

/** The ways to follow a gradient. */
public enum OptimizerKind {
  /** Plain gradient descent. */
  SGD("0.1"),
  /** Gradient descent with momentum 0.9. */
  MOMENTUM("0.02"),
  /** Adam (Kingma and Ba, 2015) with its usual constants. */
  ADAM("0.001");

  private final String usualLearningRate;

  OptimizerKind(String usualLearningRate) {
    this.usualLearningRate = usualLearningRate;
  }

  String usualLearningRate() {
    return usualLearningRate;
  }
}
