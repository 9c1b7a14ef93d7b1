/**
 * The roles themselves. {@link dev.mlk.images.mnist.train.Roles} runs the one that this process
 * has.
 */
package dev.mlk.images.mnist.train;
