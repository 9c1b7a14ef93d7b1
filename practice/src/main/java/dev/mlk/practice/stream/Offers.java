package dev.mlk.practice.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protocols that a client offers in a header, as a list or in several lines. */
final class Offers {
  private Offers() {}

  /** A header's first value, empty when it is not there. */
  static String first(Map<String, List<String>> headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst().strip();
  }

  /** All that the client offers, in its order. */
  static List<String> of(Map<String, List<String>> headers, String name) {
    List<String> offers = new ArrayList<>();
    for (String value : headers.getOrDefault(name, List.of())) {
      for (String part : value.split(",", -1)) {
        if (!part.isBlank()) {
          offers.add(part.strip());
        }
      }
    }
    return offers;
  }

  /** The first of the client's offers that the server knows. */
  static Optional<String> choose(List<String> offers, List<String> known) {
    return offers.stream().filter(known::contains).findFirst();
  }
}
