package dev.mlk.practice.kind;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Spans of time as Kubernetes shows them to people: two units at most. */
public final class Ages {
  private Ages() {}

  /** The moment that a tree holds; empty when it holds none. */
  static Optional<Instant> moment(JsonNode time) {
    String text = time.asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The time since a moment, or {@code <unknown>}. */
  public static String since(JsonNode time, Instant now) {
    return moment(time).map(then -> text(Duration.between(then, now))).orElse("<unknown>");
  }

  /** {@code 45s}, {@code 3m20s}, {@code 2h}, {@code 5d3h}, {@code 3y12d}. */
  static String text(Duration span) {
    long seconds = span.isNegative() ? -span.abs().toSeconds() : span.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    long days = hours / 24;
    if (days < 8) {
      return two(days, "d", hours % 24, "h");
    }
    if (days < 2 * 365) {
      return days + "d";
    }
    long years = days / 365;
    return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
