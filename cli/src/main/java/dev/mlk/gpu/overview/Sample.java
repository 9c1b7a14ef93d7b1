package dev.mlk.gpu.overview;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the Prometheus text format (version 0.0.4).
 *
 * @param name the metric
 * @param labels its labels
 * @param value the number; NaN where the source has none
 */
record Sample(String name, Map<String, String> labels, double value) {
  Sample {
    labels = Map.copyOf(labels);
  }

  /** Reads a line; empty for comments and for what is no sample. */
  static Optional<Sample> parse(String line) {
    return line.isEmpty() || line.charAt(0) == '#' ? Optional.empty() : new Parser(line).sample();
  }

  String label(String key) {
    return labels.getOrDefault(key, "");
  }

  /** Reads one line from left to right. */
  private static final class Parser {
    private final String line;
    private int at;

    Parser(String line) {
      this.line = line;
    }

    Optional<Sample> sample() {
      String name = word();
      Map<String, String> labels = new HashMap<>();
      if (name.isEmpty() || (here('{') && !labels(labels))) {
        return Optional.empty();
      }
      return number().map(value -> new Sample(name, labels, value));
    }

    private boolean here(char c) {
      return at < line.length() && line.charAt(at) == c;
    }

    private String word() {
      int start = at;
      while (at < line.length() && isName(line.charAt(at))) {
        at++;
      }
      return line.substring(start, at);
    }

    private static boolean isName(char c) {
      return c == '_' || c == ':' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private boolean labels(Map<String, String> labels) {
      at++;
      while (!here('}')) {
        blanks();
        String key = word();
        if (!here('=')) {
          return false;
        }
        at++;
        Optional<String> value = quoted();
        if (value.isEmpty()) {
          return false;
        }
        labels.put(key, value.get());
        blanks();
        if (here(',')) {
          at++;
          blanks();
        } else if (!here('}')) {
          return false;
        }
      }
      at++;
      return true;
    }

    private void blanks() {
      while (here(' ') || here('\t')) {
        at++;
      }
    }

    private Optional<String> quoted() {
      if (!here('"')) {
        return Optional.empty();
      }
      var text = new StringBuilder();
      for (at++; at < line.length(); at++) {
        char c = line.charAt(at);
        if (c == '"') {
          at++;
          return Optional.of(text.toString());
        }
        if (c == '\\' && at + 1 < line.length()) {
          at++;
          c = line.charAt(at) == 'n' ? '\n' : line.charAt(at);
        }
        text.append(c);
      }
      return Optional.empty();
    }

    /** The value; a time stamp may follow, which nobody needs. */
    private Optional<Double> number() {
      blanks();
      int end = at;
      while (end < line.length() && line.charAt(end) > ' ') {
        end++;
      }
      String text = line.substring(at, end);
      try {
        return switch (text) {
          case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
          case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
          default -> Optional.of(Double.valueOf(text));
        };
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
