package dev.mlk.events;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run tells TensorBoard's HParams plugin (tensorboard/plugins/hparams/plugin_data.proto).
 */
public sealed interface HyperParameters {
  /**
   * The values that were chosen for a run.
   *
   * @param values by name: a {@code Double}, a {@code Boolean}, or a {@code String}
   * @param group runs with one group are one trial; empty for none
   * @param startTime seconds since 1970, 0 if not told
   */
  record Start(Map<String, Object> values, String group, double startTime)
      implements HyperParameters {
    public Start {
      values = new LinkedHashMap<>(values);
    }
  }

  /**
   * A run came to its end.
   *
   * @param status how
   * @param endTime seconds since 1970, 0 if not told
   */
  record End(Status status, double endTime) implements HyperParameters {}

  /**
   * What is varied and what is measured over all runs.
   *
   * @param name the experiment's name, may be empty
   * @param parameters names of what is varied
   * @param metrics tags of what is measured, with their group (a run below the trial's) before a
   *     slash where there is one
   */
  record Experiment(String name, List<String> parameters, List<String> metrics)
      implements HyperParameters {
    public Experiment {
      parameters = List.copyOf(parameters);
      metrics = List.copyOf(metrics);
    }
  }

  /** How a run ended. */
  enum Status {
    UNKNOWN,
    SUCCESS,
    FAILURE,
    RUNNING
  }
}
