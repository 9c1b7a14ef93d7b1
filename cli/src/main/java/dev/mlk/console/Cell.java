package dev.mlk.console;

import java.time.Instant;
import java.util.Objects;

/**
 * One field of a table.
 *
 * @param text what it says, one line; ignored when there is a time
 * @param time a time, shown as an age to eyes and in RFC 3339 to pipes; null for other fields
 * @param style what it is for the eye
 */
public record Cell(String text, Instant time, Style style) {
  public Cell {
    Objects.requireNonNull(text, "text");
  }

  /** Plain text. */
  public static Cell of(String text) {
    return new Cell(text, null, Style.PLAIN);
  }

  /** Text of a certain kind. */
  public static Cell of(String text, Style style) {
    return new Cell(text, null, style);
  }

  /** A number. */
  public static Cell of(long number) {
    return of(Long.toString(number));
  }

  /** A moment. */
  public static Cell of(Instant time) {
    return new Cell("", time, Style.PLAIN);
  }
}
