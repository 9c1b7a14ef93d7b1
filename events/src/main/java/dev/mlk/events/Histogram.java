package dev.mlk.events;

/**
 * How values are spread over buckets; all arrays have one element a bucket. Both forms on disk are
 * brought to this one, TensorFlow 1's as TensorBoard does it (tensorboard/data_compat.py): empty
 * buckets at the ends are dropped and the outermost edges are the least and greatest value.
 *
 * @param left lower edges
 * @param right upper edges
 * @param count how many values
 */
public record Histogram(double[] left, double[] right, double[] count) {}
