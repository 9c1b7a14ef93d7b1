package dev.mlk.check;

import dev.mlk.facts.Reader;
import dev.mlk.kube.JsonText;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The API server.
 *
 * @param version its version, such as {@code v1.35.4}
 * @param minor the second number of it; -1 when it cannot be read
 * @param took how long it took to answer
 * @param ahead how far its clock is ahead of this machine's; empty when it does not tell
 */
record Server(String version, int minor, Duration took, Optional<Duration> ahead) {
  static Server ask(Reader reader, InstantSource clock) {
    long start = System.nanoTime();
    Instant before = clock.instant();
    try (Reply reply = reader.open(Request.of("GET", "/version"))) {
      JsonNode answer = JsonText.read(reply.body());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Server(
          answer.path("gitVersion").asString("unknown"),
          minor(answer.path("minor").asString("")),
          took,
          ahead(reply.headers().get("date"), before, clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Providers write {@code 33+}. */
  static int minor(String text) {
    int number = -1;
    for (int i = 0; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      number = Math.max(number, 0) * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  /** The date is in whole seconds, and was said at some moment between question and answer. */
  private static Optional<Duration> ahead(String date, Instant before, Instant after) {
    if (date == null) {
      return Optional.empty();
    }
    try {
      Instant said = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      if (said.isAfter(after)) {
        return Optional.of(Duration.between(after, said));
      }
      Instant latest = said.plusSeconds(1);
      return Optional.of(
          latest.isBefore(before) ? Duration.between(before, latest) : Duration.ZERO);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
