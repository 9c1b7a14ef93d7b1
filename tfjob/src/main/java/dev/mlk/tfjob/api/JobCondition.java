package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that is, or was, true of a job.
 *
 * @param type a {@link ConditionType}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason why, as one word
 * @param message why, as a sentence
 * @param lastUpdateTime when this entry was last written
 * @param lastTransitionTime when its status last changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobCondition(
    String type,
    String status,
    String reason,
    String message,
    String lastUpdateTime,
    String lastTransitionTime) {
  /** Whether the status is True. */
  public boolean holds() {
    return "True".equals(status);
  }
}
