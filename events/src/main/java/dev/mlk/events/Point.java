package dev.mlk.events;

import java.nio.file.Path;

/**
 * One number of a series. The object is filled anew for each number, so a consumer copies what it
 * keeps.
 */
public final class Point {
  Series series;
  Path file;

  /** The same for all points of one file of the run. */
  int fileNumber;

  long step;
  double wallTime;
  ElementType type;
  long bits;

  Point() {}

  /** The series it belongs to. */
  public Series series() {
    return series;
  }

  /** The file it stands in. */
  public Path file() {
    return file;
  }

  /** The training step. */
  public long step() {
    return step;
  }

  /** Seconds since 1970 by the writer's clock. */
  public double wallTime() {
    return wallTime;
  }

  /** The type that the writer used; {@code FLOAT} for the scalars of TensorFlow 1. */
  public ElementType type() {
    return type;
  }

  /** The value; 64-bit integers beyond 2^53 are rounded, {@link #appendValue} has them exactly. */
  public double value() {
    return type.value(bits);
  }

  /** Adds the exact value in decimal. */
  public void appendValue(StringBuilder text) {
    type.append(text, bits);
  }
}
