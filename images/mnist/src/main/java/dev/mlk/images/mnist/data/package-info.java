/**
 * Handwritten digits in the IDX format of the original MNIST files. {@link
 * dev.mlk.images.mnist.data.Digits} reads a folder, {@link dev.mlk.images.mnist.data.Shuffle} says
 * which examples come next.
 */
package dev.mlk.images.mnist.data;
