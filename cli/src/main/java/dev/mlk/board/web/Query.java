package dev.mlk.board.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request, or of a form. */
final class Query {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Reads parameters.
   *
   * @param raw the text behind the question mark; null for none
   * @throws IllegalArgumentException when an escape is broken
   */
  Query(String raw) {
    if (raw == null) {
      return;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(decoded(value));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** A number, or the other one when there is none. */
  double number(String name, double other) {
    Optional<String> text = text(name).filter(value -> !value.isEmpty());
    try {
      double number = text.map(Double::parseDouble).orElse(other);
      return Double.isNaN(number) ? other : number;
    } catch (NumberFormatException e) {
      return other;
    }
  }
}
