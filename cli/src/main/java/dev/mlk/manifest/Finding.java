package dev.mlk.manifest;

import java.util.Objects;

/**
 * One thing wrong with a file.
 *
 * @param place where it stands
 * @param what what is wrong, a sentence without its full stop
 * @param expected what was expected there; may be empty
 * @param suggestion what to write instead or where to look; may be empty
 */
public record Finding(Place place, String what, String expected, String suggestion) {
  public Finding {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(suggestion, "suggestion");
  }

  /** The finding on one line: place, what, what was expected, what to do. */
  public String line() {
    var text = new StringBuilder(place.toString()).append(": ").append(what);
    if (!expected.isEmpty()) {
      text.append("; expected ").append(expected);
    }
    if (!suggestion.isEmpty()) {
      text.append(" (").append(suggestion).append(')');
    }
    return text.toString();
  }
}
