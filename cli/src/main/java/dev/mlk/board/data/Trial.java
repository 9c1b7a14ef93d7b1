package dev.mlk.board.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A row of the table of hyper-parameters.
 *
 * @param name the run, or the trial of a sweep
 * @param parameters what was chosen, by name: numbers, booleans, texts
 * @param metrics the newest numbers, by tag, with the run below the trial's before it
 * @param status how it ended; empty when nobody said
 */
public record Trial(
    String name, Map<String, Object> parameters, Map<String, Double> metrics, String status) {
  public Trial {
    parameters = new LinkedHashMap<>(parameters);
    metrics = new LinkedHashMap<>(metrics);
  }
}
