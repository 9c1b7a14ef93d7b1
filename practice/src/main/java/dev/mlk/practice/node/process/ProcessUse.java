package dev.mlk.practice.node.process;

/**
 * What a process and everything that it started use.
 *
 * @param memory bytes that they share with no file and no other process
 * @param cpuNanos processor time of those that still run and, on Linux, of those that they have
 *     waited for, in nanoseconds
 */
public record ProcessUse(long memory, long cpuNanos) {}
