/**
 * Event files that TensorBoard reads. {@link dev.mlk.images.mnist.summary.EventFile} is one run of
 * one process.
 */
package dev.mlk.images.mnist.summary;
