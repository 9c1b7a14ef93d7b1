package dev.mlk.practice.node;

/**
 * What a simulated container says that it uses.
 *
 * @param nanoCpus billionths of a processor
 * @param memory bytes
 */
record Usage(long nanoCpus, long memory) {}
