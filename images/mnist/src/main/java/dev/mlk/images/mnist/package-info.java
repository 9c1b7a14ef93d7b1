/**
 * A program that learns to read handwritten digits with TensorFlow, alone or as one process of a
 * cluster. {@link dev.mlk.images.mnist.Mnist} starts it.
 */
package dev.mlk.images.mnist;
