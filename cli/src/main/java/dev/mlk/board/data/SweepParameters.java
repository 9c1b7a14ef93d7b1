package dev.mlk.board.data;

import dev.mlk.format.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a sweep chose for a job, as the job's annotation says. */
final class SweepParameters {
  private static final String ANNOTATION = "mlk.dev/parameters";

  private SweepParameters() {}

  /** The parameters; empty for a job that is no trial. */
  static Optional<Map<String, Object>> of(JsonNode job) {
    String text = job.path("metadata").path("annotations").path(ANNOTATION).asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map<String, Object> values = new LinkedHashMap<>();
      Json.read(text)
          .properties()
          .forEach(entry -> values.put(entry.getKey(), value(entry.getValue().asString(""))));
      return Optional.of(values);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Object value(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
