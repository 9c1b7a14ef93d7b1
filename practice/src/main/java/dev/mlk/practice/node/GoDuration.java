package dev.mlk.practice.node;

import java.time.Duration;

/** Durations as Go writes them: {@code 350ms}, {@code 1.5s}, {@code 2m40s}. */
final class GoDuration {
  private GoDuration() {}

  /** The text, with no more than milliseconds. */
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis < 1000) {
      return millis + "ms";
    }
    long minutes = duration.toMinutes();
    long hours = minutes / 60;
    String seconds = String.valueOf(millis % 60_000 / 1000.0).replaceAll("\\.0$", "") + "s";
    return (hours > 0 ? hours + "h" : "") + (minutes > 0 ? minutes % 60 + "m" : "") + seconds;
  }
}
