package dev.mlk.practice.api.wire;

import dev.mlk.practice.status.ApiError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the API server, however it came.
 *
 * @param method the HTTP method
 * @param path the path, still percent-encoded only where a segment needs it
 * @param query decoded parameters
 * @param headers headers with names in lower case
 * @param body the body, empty for none
 * @param credentials what the connection tells about the caller
 */
public record Call(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body,
    Credentials credentials) {

  /** The first value of a query parameter, empty text when it is not there. */
  public String query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  /** Whether a query parameter says yes, in one of the ways that Go understands. */
  public boolean asks(String name) {
    return switch (query(name)) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      default -> false;
    };
  }

  /**
   * A query parameter that holds a whole number or nothing.
   *
   * @throws ApiError 400 when it holds something else
   */
  public Optional<Long> number(String name) {
    return query(name).isEmpty() ? Optional.empty() : Optional.of(wholeNumber(name));
  }

  /**
   * A query parameter that holds a whole number.
   *
   * @throws ApiError 400 when it holds something else
   */
  public long wholeNumber(String name) {
    String text = query(name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      boolean digits = text.matches("[+-]?[0-9]+");
      throw ApiError.badRequest(
          "strconv.ParseInt: parsing \""
              + text
              + "\": "
              + (digits ? "value out of range" : "invalid syntax"));
    }
  }

  /** The first value of a header, empty text when it is not there. */
  public String header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  /** All values of a header, joined. */
  public String wholeHeader(String name) {
    return String.join(",", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
  }
}
