/**
 * Checkpoints in TensorFlow's own format (V2), with the {@code checkpoint} file that names the
 * latest. {@link dev.mlk.images.mnist.checkpoint.Checkpoints} is the folder, {@link
 * dev.mlk.images.mnist.checkpoint.Saver} the operations on a graph.
 */
package dev.mlk.images.mnist.checkpoint;
