package dev.mlk.usage;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time that is looked at. Days and months are those of UTC, as all times of a cluster.
 *
 * @param since its first second
 * @param until the first second after it
 * @param now the time of the question: what goes on is counted to here
 */
record Window(Instant since, Instant until, Instant now) {
  private static final Duration USUAL = Duration.ofDays(30);

  /**
   * The window that options ask for; empty texts are options that were not given.
   *
   * @throws Problem.Usage when they make no sense
   */
  static Window of(String since, String until, String month, Instant clock) {
    Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
    if (!month.isEmpty()) {
      if (!since.isEmpty() || !until.isEmpty()) {
        throw wrong("--month goes with neither --since nor --until");
      }
      return month(month, now);
    }
    Instant end = until.isEmpty() ? now : moment("--until", until, now);
    Instant start = since.isEmpty() ? end.minus(USUAL) : moment("--since", since, now);
    if (!start.isBefore(end)) {
      throw wrong("--since " + start + " is not before --until " + end);
    }
    return new Window(start, end, now);
  }

  private static Window month(String text, Instant now) {
    try {
      YearMonth month = YearMonth.parse(text);
      return new Window(start(month), start(month.plusMonths(1)), now);
    } catch (DateTimeException e) {
      throw wrong("--month takes a month such as 2026-10, not \"" + text + "\"");
    }
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static Instant moment(String option, String text, Instant now) {
    Optional<Duration> ago = duration(text);
    if (ago.isPresent()) {
      return now.minus(ago.get());
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw wrong(
          option
              + " takes a day (2026-10-01), a time (2026-10-01T08:00:00Z) or how long ago (7d,"
              + " 12h), not \""
              + text
              + "\"");
    }
  }

  private static Optional<Duration> duration(String text) {
    if (!text.matches("[0-9]{1,6}[smhdw]")) {
      return Optional.empty();
    }
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return Optional.of(
        switch (text.charAt(text.length() - 1)) {
          case 's' -> Duration.ofSeconds(number);
          case 'm' -> Duration.ofMinutes(number);
          case 'h' -> Duration.ofHours(number);
          case 'd' -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        });
  }

  private static Problem wrong(String what) {
    return new Problem.Usage(Explanation.of(what).next("mlk usage --since 7d"));
  }

  /** The part of a time that lies in the window, in seconds; never negative. */
  long seconds(Instant from, Instant to) {
    Instant start = from.isAfter(since) ? from : since;
    Instant end = to.isBefore(until) ? to : until;
    return Math.max(0, Duration.between(start, end).toSeconds());
  }

  /** Whether a time, however short, lies in the window; its ends may be the wrong way round. */
  boolean touches(Instant from, Instant to) {
    Instant first = from.isAfter(to) ? to : from;
    Instant last = from.isAfter(to) ? from : to;
    return first.isBefore(until) && !last.isBefore(since);
  }
}
