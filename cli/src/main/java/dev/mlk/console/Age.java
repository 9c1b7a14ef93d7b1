package dev.mlk.console;

import java.time.Duration;

/** Durations in kubectl's short words: {@code 45s}, {@code 3m12s}, {@code 5h}, {@code 12d}. */
public final class Age {
  private Age() {}

  /** The short words for a duration; two units where one would be coarse. */
  public static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return minutes + "m" + rest(seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return hours + "h" + rest(minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return days + "d" + rest(hours % 24, "h");
    }
    if (days < 730) {
      return days + "d";
    }
    return days / 365 + "y" + rest(days % 365, "d");
  }

  private static String rest(long number, String unit) {
    return number == 0 ? "" : number + unit;
  }
}
