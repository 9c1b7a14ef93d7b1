package dev.mlk.board.data;

/**
 * Something that was written at a step.
 *
 * @param step the training step
 * @param wallTime seconds since 1970 by the writer's clock
 * @param what what was written
 */
public record Stamped<T>(long step, double wallTime, T what) {}
