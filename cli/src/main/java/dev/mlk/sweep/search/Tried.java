package dev.mlk.sweep.search;

import dev.mlk.sweep.space.Point;
import java.util.OptionalDouble;

/**
 * A point that is or was tried.
 *
 * @param point the point
 * @param loss how bad it is, smaller is better; empty while it runs, infinite when it failed
 */
public record Tried(Point point, OptionalDouble loss) {}
