package dev.mlk.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of a training log says as {@code name=value}.
 *
 * @param values the values by name, as written
 */
record Progress(Map<String, String> values) {
  private static final Pattern PAIR = Pattern.compile("([A-Za-z_][A-Za-z0-9_./-]*)=(\\S+)");

  /** The pairs of a line; empty when it has no {@code step}. */
  static Optional<Progress> parse(String line) {
    if (!line.contains("step=")) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    Matcher pairs = PAIR.matcher(line);
    while (pairs.find()) {
      values.put(pairs.group(1), pairs.group(2));
    }
    return values.containsKey("step") ? Optional.of(new Progress(values)) : Optional.empty();
  }

  /** The line to show: step, loss, accuracy and throughput, as far as known. */
  String text() {
    var text = new StringBuilder();
    for (String name : new String[] {"step", "loss", "accuracy", "examples/s"}) {
      String value = values.get(name);
      if (value != null) {
        text.append(text.isEmpty() ? "" : "  ").append(name).append(' ').append(value);
      }
    }
    return text.toString();
  }
}
