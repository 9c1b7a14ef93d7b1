package dev.mlk.job;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A line of a container's log with the time that the node gave it.
 *
 * @param time when it was written
 * @param text the line without its end
 */
public record LogLine(Instant time, String text) {
  /**
   * Reads a line as the log API sends it with {@code timestamps=true}; empty when it has no time.
   */
  static Optional<LogLine> parse(String line) {
    int space = line.indexOf(' ');
    if (space < 20) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogLine(Instant.parse(line.substring(0, space)), line.substring(space + 1)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
