/**
 * The numbers that training writes for TensorBoard: {@code mlk metrics}. {@link
 * dev.mlk.metrics.LogSources} finds the log folders of a job, a sweep or a path; {@code
 * dev.mlk.events} reads them.
 */
package dev.mlk.metrics;
