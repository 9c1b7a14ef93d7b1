package dev.mlk.images.mnist.arguments;

/** The networks that can be trained. */
public enum ModelKind {
  /** One layer: 784 pixels to 10 digits. */
  SOFTMAX,
  /** One hidden layer of 128. */
  MLP,
  /** Two convolutions with pooling and a hidden layer of 128. */
  CNN
}
